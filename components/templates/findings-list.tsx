"use client";

import { useTranslations } from "next-intl";
import { LEVELS } from "../fields/severity-level";
import { Button } from "../ui/button";
import { SeverityIcon } from "../ui/severity";
import type { MergedFinding } from "./merge-findings";
import type { Jump } from "./template-editor";
import { useFindingText } from "./template-words";

type FindingsListProps = {
  findings: readonly MergedFinding[];
  content: string;
  readOnly: boolean;
  jump: (to: Jump) => void;
  repair: (finding: MergedFinding) => void;
};

/** The findings of a file in words; each leads to its token. */
export function FindingsList({ findings, content, readOnly, jump, repair }: FindingsListProps) {
  const t = useTranslations("templates");
  const say = useFindingText();
  const severity = useTranslations("editor.problems.severity");
  if (findings.length === 0) return null;
  return (
    <ul className="divide-y border-t" aria-label={t("findings")}>
      {findings.map((finding) => (
        <li key={`${finding.code}-${finding.from}`} className="flex items-start gap-2 px-3 py-1.5 text-12">
          <SeverityIcon level={LEVELS[finding.severity]} className="mt-1" />
          <button
            type="button"
            className="min-h-6 min-w-0 flex-1 text-left [overflow-wrap:anywhere] hover:underline"
            onClick={() => jump(finding)}
          >
            <span className="sr-only">{severity(finding.severity)} </span>
            <span className="mr-2 font-mono text-muted">{content.slice(0, finding.from).split("\n").length}</span>
            {say(finding)}
          </button>
          {finding.suggestion !== undefined && !readOnly ? (
            <Button size="sm" onClick={() => repair(finding)}>
              {t("replaceBy", { text: finding.suggestion })}
            </Button>
          ) : null}
        </li>
      ))}
    </ul>
  );
}
