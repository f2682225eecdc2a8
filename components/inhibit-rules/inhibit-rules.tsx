"use client";

import { useTranslations } from "next-intl";
import { INHIBIT_RULE_STRUCT, type Json } from "@/lib/alertmanager";
import type { EditorState } from "../editor/document-store";
import { StructList } from "../editor/struct-list";
import { useEditorState } from "../editor/use-change";
import { MatcherChips } from "../fields/matchers-input";
import { getIn } from "../fields/set-at";
import { PageHeader } from "../ui/page";
import { PastMuted } from "./past-muted";
import { RuleSentence, SENTENCE } from "./rule-sentence";
import { RuleTester } from "./rule-tester";

function texts(entry: Json, key: string): string[] {
  const value = getIn(entry, [key]);
  return Array.isArray(value) ? value.map(String) : [];
}

function rulesOf({ document }: EditorState) {
  return document.config.inhibit_rules;
}

export function InhibitRules() {
  const t = useTranslations("inhibit-rules");
  const rules = useEditorState(rulesOf);
  const count = rules?.length ?? 0;
  return (
    <>
      <PageHeader title={t("title")} facts={<span>{t("lead", { count })}</span>} />
      <StructList
        section="inhibit_rules"
        struct={INHIBIT_RULE_STRUCT}
        Title={RuleTitle}
        Head={RuleSentence}
        omit={SENTENCE}
        blank={() => ({ source_matchers: [], target_matchers: [], equal: [] })}
        words={{ empty: t("empty"), emptyText: t("emptyText"), add: t("add") }}
      />
      {count > 0 ? (
        <>
          <RuleTester rules={rules} />
          <PastMuted rules={rules} />
        </>
      ) : null}
    </>
  );
}

function RuleTitle({ entry, index }: { entry: Json; index: number }) {
  const t = useTranslations("inhibit-rules");
  const name = getIn(entry, ["name"]);
  const [source, target] = [texts(entry, "source_matchers"), texts(entry, "target_matchers")];
  return (
    <>
      <span className="font-medium">
        {typeof name === "string" && name !== "" ? name : t("rule", { number: index + 1 })}
      </span>
      {source.map((text) => (
        <MatcherChips key={text} text={text} />
      ))}
      {source.length > 0 || target.length > 0 ? <span className="text-muted">{t("mutes")}</span> : null}
      {target.map((text) => (
        <MatcherChips key={text} text={text} />
      ))}
    </>
  );
}
