import type { CSSProperties, ReactNode } from "react";
import { cn } from "./cn";

const HUES = 10;

/** The same name has the same hue everywhere, in every session (FNV-1a). */
export function labelHue(name: string): CSSProperties & Record<"--hue", string> {
  let hash = 0x811c9dc5;
  for (let i = 0; i < name.length; i++) hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193);
  return { "--hue": `var(--label-h${((hash >>> 0) % HUES) + 1})` };
}

export type ChipProps = {
  name: string;
  operator?: string;
  value?: string;
  /** Set by somebody else, not to be edited here. */
  locked?: boolean;
  before?: ReactNode;
  after?: ReactNode;
  className?: string;
};

/** A matcher (`team="database"`) or a label name: the name has its hue, operator and value are neutral. */
export function Chip({ name, operator, value, locked, before, after, className }: ChipProps) {
  return (
    <span
      className={cn(
        "label inline-flex min-h-[22px] max-w-full items-center rounded-sm border border-(--label-line) bg-(--label-soft) px-[7px] py-px font-mono text-12 leading-[18px] [overflow-wrap:anywhere]",
        locked && "border-dashed border-line-strong bg-sunken",
        className,
      )}
      style={labelHue(name)}
    >
      {before}
      <span className="font-medium text-(--label-name)">{name}</span>
      {operator ? <span className="text-muted">{operator}</span> : null}
      {value === undefined ? null : <span>{`"${value}"`}</span>}
      {after}
    </span>
  );
}
