import type { ReactNode } from "react";
import { Each } from "./each";

export type Fact = readonly [name: ReactNode, value: ReactNode];

/** Names and values, one under the other; what is empty is left out. */
export function Facts({ facts, mono }: { facts: readonly Fact[]; mono?: boolean }) {
  const shown = facts.filter(([, value]) => value !== "" && value !== null && value !== undefined);
  if (shown.length === 0) return null;
  return (
    <dl className="grid grid-cols-[minmax(72px,max-content)_minmax(0,1fr)] gap-x-3 gap-y-1">
      <Each of={shown}>
        {([name, value]) => (
          <div className="contents">
            <dt className={`max-w-32 text-muted [overflow-wrap:anywhere] ${mono ? "font-mono text-12" : ""}`}>
              {name}
            </dt>
            <dd className={`min-w-0 whitespace-pre-wrap [overflow-wrap:anywhere] ${mono ? "font-mono text-12" : ""}`}>
              {value}
            </dd>
          </div>
        )}
      </Each>
    </dl>
  );
}
