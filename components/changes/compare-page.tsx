"use client";

import { useQuery } from "@tanstack/react-query";
import { ArrowLeftRight, GitCompare } from "lucide-react";
import { useTranslations } from "next-intl";
import { parseAsInteger, useQueryStates } from "nuqs";
import type { RevisionSummary } from "@/lib/configuration/contract";
import { BehaviourDetails } from "../behaviour/behaviour-details";
import { BehaviourLine } from "../behaviour/behaviour-line";
import { useBehaviour } from "../behaviour/use-behaviour";
import { Loaded } from "../http/loaded";
import { useTenant } from "../http/tenant-context";
import { Button } from "../ui/button";
import { Card } from "../ui/card";
import { EmptyState } from "../ui/empty-state";
import { FormField } from "../ui/form-field";
import { PageBody, PageHeader } from "../ui/page";
import { Select } from "../ui/select";
import { Differences, type DifferencesProps } from "./differences";
import { revisionQuery, revisionsQuery } from "./queries";
import { Restore } from "./restore";

/** Any revision against any other; which two stands in the address. */
export function ComparePage() {
  const t = useTranslations("revisions");
  const tenant = useTenant();
  const query = useQuery(revisionsQuery(tenant));
  return (
    <PageBody wide>
      <Loaded query={query}>
        {(revisions) =>
          revisions.length < 2 ? (
            <>
              <PageHeader title={t("compareTitle")} />
              <Card>
                <EmptyState icon={GitCompare} title={t("tooFew")}>
                  {t("tooFewText")}
                </EmptyState>
              </Card>
            </>
          ) : (
            <Comparison revisions={revisions.toSorted((a, b) => b.number - a.number)} />
          )
        }
      </Loaded>
    </PageBody>
  );
}

function Comparison({ revisions }: { revisions: readonly RevisionSummary[] }) {
  const t = useTranslations("revisions");
  const tenant = useTenant();
  const [chosen, setChosen] = useQueryStates({ from: parseAsInteger, to: parseAsInteger });
  const known = (number: number | null) => revisions.find((revision) => revision.number === number)?.number;
  const to = known(chosen.to) ?? revisions[0]?.number ?? 0;
  const from = known(chosen.from) ?? revisions.find(({ number }) => number !== to)?.number ?? 0;
  const before = useQuery(revisionQuery(tenant, from));
  const after = useQuery(revisionQuery(tenant, to));
  const mayRestore = tenant.can("configuration:edit");
  const isLive = (number: number) => revisions.some((revision) => revision.number === number && revision.live);
  return (
    <>
      <PageHeader
        title={t("compareTitle")}
        actions={
          mayRestore ? (
            <>
              {isLive(from) ? null : <Restore number={from} />}
              {isLive(to) || to === from ? null : <Restore number={to} />}
            </>
          ) : null
        }
      />
      <div className="flex flex-wrap items-end gap-2">
        <Picker
          id="from"
          label={t("from")}
          value={from}
          revisions={revisions}
          onChange={(number) => setChosen({ from: number })}
        />
        <Button size="icon" aria-label={t("swap")} onClick={() => void setChosen({ from: to, to: from })}>
          <ArrowLeftRight aria-hidden />
        </Button>
        <Picker
          id="to"
          label={t("to")}
          value={to}
          revisions={revisions}
          onChange={(number) => setChosen({ to: number })}
        />
      </div>
      <Loaded query={before}>
        {({ document }) => (
          <Loaded query={after}>
            {(later) => (
              <Compared
                before={document}
                after={later.document}
                labels={{ before: t("revision", { number: from }), after: t("revision", { number: to }) }}
              />
            )}
          </Loaded>
        )}
      </Loaded>
    </>
  );
}

function Compared({ before, after, labels }: Pick<DifferencesProps, "before" | "after" | "labels">) {
  const behaviour = useBehaviour(before.config, after.config, {
    scope: `${labels?.before} ${labels?.after}`,
    detailed: true,
  });
  return (
    <Differences
      {...{ before, after }}
      {...(labels ? { labels } : {})}
      behaviour={{
        line: <BehaviourLine behaviour={behaviour} before={before.config} after={after.config} />,
        details: <BehaviourDetails report={behaviour.report} />,
      }}
    />
  );
}

type PickerProps = {
  id: string;
  label: string;
  value: number;
  revisions: readonly RevisionSummary[];
  onChange: (number: number) => void;
};

function Picker({ id, label, value, revisions, onChange }: PickerProps) {
  const t = useTranslations("revisions");
  return (
    <FormField id={`compare-${id}`} label={label} className="w-[340px] max-w-full max-sm:w-full">
      {(control) => (
        <Select value={value} onChange={(event) => onChange(Number(event.target.value))} {...control}>
          {revisions.map(({ number, title, live }) => (
            <option key={number} value={number}>
              {`${number} · ${title || t("untitled")}${live ? ` (${t("live")})` : ""}`}
            </option>
          ))}
        </Select>
      )}
    </FormField>
  );
}
