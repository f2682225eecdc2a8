"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { type Field, INHIBIT_RULE_STRUCT, type Json, type Path } from "@/lib/alertmanager";
import type { ControlProps } from "../fields/control";
import { useDiagnosticsAt } from "../fields/environment";
import { FieldDiagnostics } from "../fields/field-diagnostics";
import { RowFrame } from "../fields/field-row";
import { MatchersInput } from "../fields/matchers-input";
import { pathId } from "../fields/path-id";
import { getIn } from "../fields/set-at";
import { TokensInput } from "../fields/tokens-input";

/** The fields that the sentence is made of, in its order. */
export const SENTENCE = ["source_matchers", "target_matchers", "equal"] as const;
type Part = (typeof SENTENCE)[number];

/** "When … fires, mute …, if … agree". */
export function RuleSentence({ section, entry, index }: { section: string; entry: Json; index: number }) {
  return (
    <div className="border-b">
      {SENTENCE.map((part) => (
        <SentencePart key={part} part={part} path={[section, index, part]} value={getIn(entry, [part])} />
      ))}
    </div>
  );
}

function SentencePart({ part, path, value }: { part: Part; path: Path; value: Json | undefined }) {
  const t = useTranslations("inhibit-rules.sentence");
  const id = pathId(path);
  const findings = useDiagnosticsAt(path, true);
  const field = INHIBIT_RULE_STRUCT.fields.find(({ key }) => key === part);
  if (!field) return null;
  const empty = !Array.isArray(value) || value.length === 0;
  const props: ControlProps = {
    ...{ id, path, value, field, type: field.type, label: field.key },
    describedBy: `${id}-means`,
    invalid: findings.some(({ severity }) => severity === "error"),
  };
  return (
    <RowFrame
      path={path}
      name={
        <label htmlFor={id} className="leading-5 font-medium">
          {t(`${part}.words`)}
        </label>
      }
      note={<code>{field.key}</code>}
    >
      {controlOf(field, props)}
      <FieldDiagnostics id={`${id}-faults`} diagnostics={findings} />
      <p id={`${id}-means`} className="mt-1 text-12 text-muted">
        {t(empty ? `${part}.empty` : `${part}.means`)}
      </p>
    </RowFrame>
  );
}

function controlOf({ key }: Field, props: ControlProps): ReactNode {
  return key === "equal" ? <TokensInput {...props} /> : <MatchersInput {...props} />;
}
