"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useDeferredValue, useId, useMemo, useState } from "react";
import { DEFAULT_PROFILE_ID, type InhibitRule } from "@/lib/alertmanager";
import { alertsNowQuery } from "../alert-history/queries";
import { useEditor } from "../editor/change-context";
import { ErrorNotice } from "../http/error-notice";
import { useTenant } from "../http/tenant-context";
import { readAlerts } from "../preview/sample-text";
import { Button } from "../ui/button";
import { Card, CardAside, CardBody, CardHeader, CardTitle } from "../ui/card";
import { FormField } from "../ui/form-field";
import { SkeletonRows } from "../ui/skeleton";
import { Textarea } from "../ui/textarea";
import { type FiringAlert, judgeAlerts, type Verdict } from "./judge-alerts";
import { VerdictRow } from "./verdict-row";

const SHOWN = 30;
const SOURCES = ["firing", "pasted"] as const;

/** Which alerts the rules mute while the others fire: those of now, or those that somebody pastes. */
export function RuleTester({ rules }: { rules: readonly InhibitRule[] | undefined }) {
  const t = useTranslations("inhibit-rules.tester");
  const [source, setSource] = useState<(typeof SOURCES)[number]>("firing");
  return (
    <Card aria-label={t("title")}>
      <CardHeader>
        <CardTitle>{t("title")}</CardTitle>
        <CardAside>
          <fieldset aria-label={t("title")} className="flex gap-1">
            {SOURCES.map((one) => (
              <Button key={one} size="sm" aria-pressed={one === source} onClick={() => setSource(one)}>
                {t(`sources.${one}`)}
              </Button>
            ))}
          </fieldset>
        </CardAside>
      </CardHeader>
      {source === "firing" ? <FiringNow rules={rules} /> : <Pasted rules={rules} />}
    </Card>
  );
}

type TesterProps = { rules: readonly InhibitRule[] | undefined };

function FiringNow({ rules }: TesterProps) {
  const t = useTranslations("inhibit-rules.tester");
  const tenant = useTenant();
  const query = useQuery(alertsNowQuery(tenant));
  if (query.isError) return <ErrorNotice error={query.error} onRetry={() => void query.refetch()} />;
  if (!query.data) return <SkeletonRows rows={3} label={t("loading")} />;
  const { alerts, total } = query.data;
  if (alerts.length === 0) {
    return (
      <CardBody>
        <p>{t("nothingFires")}</p>
        <Link className="link" href={tenant.href("alerts")}>
          {t("toAlerts")}
        </Link>
      </CardBody>
    );
  }
  return (
    <>
      {total > alerts.length ? (
        <p className="px-4 pt-3 text-12 text-muted">{t("firstOf", { count: alerts.length, total })}</p>
      ) : null}
      <Verdicts rules={rules} alerts={alerts} />
    </>
  );
}

function Pasted({ rules }: TesterProps) {
  const t = useTranslations("inhibit-rules.tester");
  const problems = useTranslations("preview.sample.problems");
  const id = useId();
  const [text, setText] = useState("");
  const read = useMemo(() => (text.trim() === "" ? null : readAlerts(text)), [text]);
  return (
    <>
      <CardBody>
        <FormField
          id={id}
          label={t("json")}
          hint={t("jsonHint")}
          error={read?.problem ? problems(read.problem) : undefined}
        >
          {(control) => (
            <Textarea
              {...control}
              mono
              rows={5}
              className="max-h-64"
              spellCheck={false}
              value={text}
              onChange={(event) => setText(event.target.value)}
            />
          )}
        </FormField>
      </CardBody>
      {read?.alerts ? <Verdicts rules={rules} alerts={read.alerts} /> : null}
    </>
  );
}

function Verdicts({ rules, alerts }: TesterProps & { alerts: readonly FiringAlert[] }) {
  const t = useTranslations("inhibit-rules.tester");
  const { profiles } = useEditor();
  const named = useTargetNames();
  const current = useDeferredValue(rules);
  const verdicts = useMemo(() => {
    const judged = judgeAlerts(current, profiles.length > 0 ? profiles : [DEFAULT_PROFILE_ID], alerts);
    // What is muted, and what targets do not agree about, is what somebody looks for.
    const rank = ({ inhibitedBy, muting }: Verdict) => (inhibitedBy.length > 0 ? 0 : muting.length > 0 ? 1 : 2);
    return judged.map((verdict, number) => ({ ...verdict, number })).sort((left, right) => rank(left) - rank(right));
  }, [current, profiles, alerts]);
  const muted = verdicts.filter(({ inhibitedBy }) => inhibitedBy.length > 0).length;
  return (
    <div aria-live="polite" className="border-t">
      <p className="px-4 py-2 font-medium">{t("outcome", { muted, count: verdicts.length })}</p>
      <ul>
        {verdicts.slice(0, SHOWN).map((verdict) => (
          <VerdictRow key={verdict.number} verdict={verdict} named={named} />
        ))}
      </ul>
      {verdicts.length > SHOWN ? (
        <p className="border-t px-4 py-2 text-12 text-muted">{t("more", { count: verdicts.length - SHOWN })}</p>
      ) : null}
    </div>
  );
}

/** `production (alertmanager 0.34)`, or the profile alone where no target has it. */
function useTargetNames(): (profile: string) => string {
  const { judges } = useEditor();
  return (profile) => {
    const program = profile.replace("@", " ");
    const names = judges.filter((judge) => judge.profile === profile).map(({ name }) => name);
    return names.length > 0 ? `${names.join(", ")} (${program})` : program;
  };
}
