"use client";

import { useTranslations } from "next-intl";
import type { DefaultTemplatesDto } from "@/lib/targets/contract";

const SHOWN = 4;

/** By which short templates one sees that files are of another version. */
export function OtherVersion({ missing, differing, unexpected }: Readonly<DefaultTemplatesDto["otherVersion"]>) {
  const t = useTranslations("platform.defaults");
  const kinds = Object.entries({ missing, differing, unexpected }).filter(([, names]) => names.length > 0);
  return (
    <ul className="grid gap-0.5 text-12 text-soft">
      {kinds.map(([kind, names]) => (
        <li key={kind}>
          {t(`kinds.${kind}`, { count: names.length })}{" "}
          <span className="font-mono [overflow-wrap:anywhere]">{names.slice(0, SHOWN).join(", ")}</span>
          {names.length > SHOWN ? " …" : null}
        </li>
      ))}
    </ul>
  );
}
