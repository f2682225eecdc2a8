import type { ReactNode } from "react";

/** Whether a browser may be sent there: pages of the web and nothing else. */
export function isWebAddress(url: string): boolean {
  if (!/^https?:\/\/[^\s/]/i.test(url)) return false;
  return URL.canParse(url);
}

/** A link of a message. What is no address of the web stays a text. */
export function SafeLink({ url, className, children }: { url: string; className?: string; children: ReactNode }) {
  if (!isWebAddress(url)) return <span className={className}>{children}</span>;
  return (
    <a href={url} target="_blank" rel="noreferrer noopener" className={className ?? "link [overflow-wrap:anywhere]"}>
      {children}
    </a>
  );
}
