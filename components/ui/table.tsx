import { useTranslations } from "next-intl";
import type { ComponentProps, ReactNode } from "react";
import { cn } from "./cn";

/** A box that scrolls must be reachable by keyboard. */
const focusable = { tabIndex: 0 };

/** Scrolls sideways inside its own box, so a narrow page never does. `label` names it for screen readers. */
export function Table({ className, label, ...props }: ComponentProps<"table"> & { label: string }) {
  return (
    <section className="relative overflow-x-auto focus-visible:-outline-offset-2" aria-label={label} {...focusable}>
      <table className={cn("w-full border-collapse text-13", className)} aria-label={label} {...props} />
    </section>
  );
}

export function Th({ className, numeric, ...props }: ComponentProps<"th"> & { numeric?: boolean }) {
  return (
    <th
      scope="col"
      className={cn(
        "h-9 border-b px-4 text-left text-12 font-medium whitespace-nowrap text-muted",
        numeric && "text-right",
        className,
      )}
      {...props}
    />
  );
}

/** Of the column of buttons, which only screen readers need named. */
export function ActionsTh({ children }: { children?: ReactNode }) {
  const t = useTranslations("common");
  return (
    <Th>
      <span className="sr-only">{children ?? t("moreActions")}</span>
    </Th>
  );
}

export function Tr({ className, ...props }: ComponentProps<"tr">) {
  return <tr className={cn("border-b last:border-0 hover:bg-hover", className)} {...props} />;
}

export function Td({ className, numeric, ...props }: ComponentProps<"td"> & { numeric?: boolean }) {
  return (
    <td
      className={cn("h-9 px-4 py-1.5 align-middle", numeric && "text-right whitespace-nowrap tabular-nums", className)}
      {...props}
    />
  );
}
