import { clsx } from "clsx";
import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";

export type EmptyStateProps = {
  icon?: LucideIcon;
  title: ReactNode;
  /** What this is for and how the first one comes to be. */
  children?: ReactNode;
  actions?: ReactNode;
  /** What it adds; it overrules nothing. */
  className?: string;
};

export function EmptyState({ icon: Icon, title, children, actions, className }: EmptyStateProps) {
  return (
    <div className={clsx("mx-auto grid max-w-[52ch] justify-items-center gap-2 px-4 py-10 text-center", className)}>
      {Icon ? <Icon className="size-5 text-muted" aria-hidden /> : null}
      <div className="text-14 font-semibold">{title}</div>
      {children ? <div className="text-muted">{children}</div> : null}
      {actions ? <div className="mt-2 flex flex-wrap justify-center gap-2">{actions}</div> : null}
    </div>
  );
}
