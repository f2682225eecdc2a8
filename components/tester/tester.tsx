"use client";

import { useQuery } from "@tanstack/react-query";
import { FlaskConical } from "lucide-react";
import { useTranslations } from "next-intl";
import { parseAsInteger, parseAsString, useQueryState } from "nuqs";
import { useDeferredValue, useMemo, useState } from "react";
import { compileRoutes, DEFAULT_PROFILE_ID, profileFor, traceAlert } from "@/lib/alertmanager";
import type { SavedExpectation } from "@/lib/configuration/contract";
import { alertsNowQuery } from "../alert-history/queries";
import { useEditor } from "../editor/change-context";
import type { EditorState } from "../editor/document-store";
import { useInjectedBy } from "../editor/injected-matchers";
import { useEditorState } from "../editor/use-change";
import { useTenant } from "../http/tenant-context";
import { profileName } from "../preview/profile-name";
import { Card, CardBody } from "../ui/card";
import { EmptyState } from "../ui/empty-state";
import { FormField } from "../ui/form-field";
import { PageHeader } from "../ui/page";
import { Select } from "../ui/select";
import { AlertsInput } from "./alerts-input";
import { type Labels, printLabels, readLabels } from "./alerts-text";
import { ExpectationDialog } from "./expectation-dialog";
import { ExpectationList } from "./expectation-list";
import { Moment } from "./moment";
import { PickAlert } from "./pick-alert";
import { TraceCard } from "./trace-card";

const configOf = ({ document }: EditorState) => document.config;

export function Tester() {
  const t = useTranslations("tester");
  const [text, setText] = useQueryState("labels", parseAsString.withDefault("").withOptions({ throttleMs: 300 }));
  const [profileId, setProfileId] = useProfile();
  const [at, setAt] = useQueryState("at", parseAsInteger.withOptions({ throttleMs: 300 }));
  const [editing, setEditing] = useState<SavedExpectation | null>(null);
  const { profiles } = useEditor();
  const read = useMemo(() => readLabels(text), [text]);
  const add = (labels: Labels) => void setText([text.trimEnd(), printLabels(labels)].filter(Boolean).join("\n"));

  return (
    <>
      <PageHeader title={t("title")} facts={<span>{t("lead")}</span>} />
      <Card>
        <CardBody className="grid gap-4 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
          <div className="grid content-start gap-2">
            <AlertsInput text={text} read={read} onChange={(next) => void setText(next || null)} />
            <PickAlert onPick={add} />
          </div>
          <div className="grid content-start gap-4">
            <FormField id="tester-target" label={t("target")}>
              {(control) => (
                <Select {...control} value={profileId} onChange={(event) => setProfileId(event.target.value)}>
                  {(profiles.length === 0 ? [DEFAULT_PROFILE_ID] : profiles).map((id) => (
                    <option key={id} value={id}>
                      {profileName(id)}
                    </option>
                  ))}
                </Select>
              )}
            </FormField>
            <Moment
              at={at === null ? null : at * 1000}
              onChange={(next) => void setAt(next && Math.round(next / 1000))}
            />
          </div>
        </CardBody>
      </Card>
      {read.alerts.length === 0 ? (
        <EmptyState icon={FlaskConical} title={t("empty")}>
          {t("emptyText")}
        </EmptyState>
      ) : (
        <Traces alerts={read.alerts} profileId={profileId} at={at === null ? null : at * 1000} />
      )}
      <ExpectationList onTest={(labels) => void setText(printLabels(labels))} onEdit={setEditing} />
      {editing ? <ExpectationDialog seen={editing} onClose={() => setEditing(null)} /> : null}
    </>
  );
}

/** Of those of the tenant's targets. */
function useProfile() {
  const { profiles } = useEditor();
  const [wanted, setWanted] = useQueryState("target", { defaultValue: "" });
  const known = profiles.includes(wanted) ? wanted : (profiles[0] ?? DEFAULT_PROFILE_ID);
  return [known, (id: string) => void setWanted(id)] as const;
}

type TracesProps = {
  alerts: readonly Labels[];
  profileId: string;
  at: number | null;
};

function Traces({ alerts, profileId, at }: TracesProps) {
  const tenant = useTenant();
  const config = useDeferredValue(useEditorState(configOf));
  const now = useQuery(alertsNowQuery(tenant)).data;
  const injected = useInjectedBy(profileId);
  const [opened] = useState(() => Date.now());
  const instant = useDeferredValue(at ?? opened);
  const traces = useMemo(() => {
    const profile = profileFor(profileId);
    const routes = compileRoutes(config, profile);
    const heard = now?.alerts.map(({ labels }) => labels) ?? [];
    return alerts.map((labels) => {
      const firing = [...heard, ...alerts.filter((other) => other !== labels)];
      return { labels, trace: traceAlert(config, profile, labels, { at: instant, firing, routes }) };
    });
  }, [alerts, config, instant, now, profileId]);
  return traces.map(({ labels, trace }) => (
    <TraceCard
      key={printLabels(labels)}
      {...{ labels, trace, config, injected }}
      at={instant}
      heard={now?.total ?? 0}
    />
  ));
}
