import { CircleCheck, CircleDashed, Info, OctagonAlert, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "./cn";

export type SeverityLevel = "critical" | "warning" | "info" | "success" | "neutral";

const icons = {
  critical: OctagonAlert,
  warning: TriangleAlert,
  info: Info,
  success: CircleCheck,
  neutral: CircleDashed,
} as const;

export const severityText: Record<SeverityLevel, string> = {
  critical: "text-critical",
  warning: "text-warning",
  info: "text-info",
  success: "text-success",
  neutral: "text-muted",
};

const boxes: Record<SeverityLevel, string> = {
  critical: "border-critical-line bg-critical-soft",
  warning: "border-warning-line bg-warning-soft",
  info: "border-info-line bg-info-soft",
  success: "border-success-line bg-success-soft",
  neutral: "border-line-strong bg-sunken",
};

export function SeverityIcon({ level, className }: { level: SeverityLevel; className?: string }) {
  const Icon = icons[level];
  return <Icon className={cn("size-4 shrink-0", severityText[level], className)} aria-hidden />;
}

/** Shape + colour + word; the word is the child and must not be left out. */
export function Severity({
  level,
  children,
  className,
}: {
  level: SeverityLevel;
  children: ReactNode;
  className?: string;
}) {
  return (
    <span
      className={cn("inline-flex items-center gap-1.5 font-medium whitespace-nowrap", severityText[level], className)}
    >
      <SeverityIcon level={level} />
      {children}
    </span>
  );
}

export type NoticeProps = {
  level: SeverityLevel;
  title?: ReactNode;
  children?: ReactNode;
  /** Buttons or links, below the text. */
  actions?: ReactNode;
  className?: string;
  role?: "alert" | "status";
};

/** A boxed message: a fault with its fix, a banner, a failed load. */
export function Notice({ level, title, children, actions, className, role }: NoticeProps) {
  return (
    <div role={role} className={cn("flex gap-2 rounded-md border px-3 py-2.5 text-13", boxes[level], className)}>
      <SeverityIcon level={level} className="mt-0.5" />
      <div className="min-w-0 flex-1">
        {title ? <p className={cn("font-medium", severityText[level])}>{title}</p> : null}
        {children ? <div className="text-text [overflow-wrap:anywhere]">{children}</div> : null}
        {actions ? <div className="mt-2.5 flex flex-wrap items-center gap-2">{actions}</div> : null}
      </div>
    </div>
  );
}
