"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { FlaskConical, Pencil, Trash2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { useQueryState } from "nuqs";
import { useDeferredValue } from "react";
import type { SavedExpectation } from "@/lib/configuration/contract";
import { isExpectationWithin } from "@/lib/tenancy/grants/covers/contract";
import type { EditorState } from "../editor/document-store";
import { expectationsQuery } from "../editor/queries";
import { useEditorState } from "../editor/use-change";
import type { Checked } from "../expectations/check-all";
import { deleteExpectation } from "../expectations/queries";
import { useReasonText } from "../expectations/reason-text";
import { useChecked } from "../expectations/use-checked";
import { ErrorNotice } from "../http/error-notice";
import { useTenant } from "../http/tenant-context";
import { profileName } from "../preview/profile-name";
import { Button } from "../ui/button";
import { Card, CardAside, CardHeader, CardTitle } from "../ui/card";
import { Chip } from "../ui/chip";
import { cn } from "../ui/cn";
import { Severity } from "../ui/severity";
import { SkeletonRows } from "../ui/skeleton";
import type { Labels } from "./alerts-text";
import { Transfer } from "./transfer";

const configOf = ({ document }: EditorState) => document.config;

type ExpectationListProps = { onTest: (labels: Labels) => void; onEdit: (saved: SavedExpectation) => void };

/** All of the tenant's, held against the document that is edited: those that fail come first. */
export function ExpectationList({ onTest, onEdit }: ExpectationListProps) {
  const t = useTranslations("tester");
  const tenant = useTenant();
  const config = useDeferredValue(useEditorState(configOf));
  const query = useQuery(expectationsQuery(tenant));
  const checked = useChecked(config);
  const broken = checked?.filter(({ failure }) => failure !== null) ?? [];
  const holding = checked?.filter(({ failure }) => failure === null) ?? [];
  return (
    <Card aria-label={t("expectations")}>
      <CardHeader>
        <CardTitle>{t("expectations")}</CardTitle>
        {checked && checked.length > 0 ? (
          <span role="status">
            {broken.length > 0 ? (
              <Severity level="critical">{t("failing", { count: broken.length })}</Severity>
            ) : (
              <Severity level="success">{t("allHold", { count: holding.length })}</Severity>
            )}
          </span>
        ) : null}
        <CardAside>
          <Transfer list={query.data ?? []} />
        </CardAside>
      </CardHeader>
      {query.isError ? <ErrorNotice error={query.error} onRetry={() => void query.refetch()} className="m-4" /> : null}
      {checked === undefined && !query.isError ? <SkeletonRows label={t("loading")} /> : null}
      {checked?.length === 0 ? <p className="px-4 py-3 text-muted">{t("noExpectations")}</p> : null}
      <ul>
        {[...broken, ...holding].map((one) => (
          <ExpectationRow key={one.saved.id} checked={one} onTest={onTest} onEdit={onEdit} />
        ))}
      </ul>
    </Card>
  );
}

function ExpectationRow({ checked, onTest, onEdit }: { checked: Checked } & ExpectationListProps) {
  const t = useTranslations("tester");
  const tenant = useTenant();
  const client = useQueryClient();
  const reasonText = useReasonText();
  const [wanted] = useQueryState("expectation", { defaultValue: "" });
  const { saved, failure } = checked;
  const { name, labels, receivers, reaches, not, at, muted } = saved.expectation;
  const remove = useMutation({
    mutationFn: () => deleteExpectation(tenant, saved.id),
    onSuccess: () => client.invalidateQueries({ queryKey: expectationsQuery(tenant).queryKey }),
  });
  const expected = [
    receivers && t("expects.receivers", { names: receivers.join(", ") }),
    reaches && t("expects.reaches", { names: reaches.join(", ") }),
    not && t("expects.not", { names: not.join(", ") }),
    at && t(muted ? "expects.muted" : "expects.heard", { at }),
  ].filter(Boolean);
  return (
    <li
      className={cn("grid gap-1 border-b px-4 py-2.5 last:border-0", wanted === saved.id && "bg-hover")}
      aria-current={wanted === saved.id || undefined}
    >
      <div className="flex flex-wrap items-center gap-2">
        <Severity level={failure ? "critical" : "success"}>{t(failure ? "fails" : "holds")}</Severity>
        <span className="min-w-0 flex-1 font-medium [overflow-wrap:anywhere]">{name}</span>
        <span className="flex gap-1">
          <Button variant="quiet" size="icon-sm" aria-label={t("test", { name })} onClick={() => onTest(labels)}>
            <FlaskConical aria-hidden />
          </Button>
          {tenant.can("configuration:edit") && isExpectationWithin(tenant.grants, saved.expectation) ? (
            <>
              <Button variant="quiet" size="icon-sm" aria-label={t("edit", { name })} onClick={() => onEdit(saved)}>
                <Pencil aria-hidden />
              </Button>
              <Button
                variant="quiet"
                size="icon-sm"
                aria-label={t("delete", { name })}
                pending={remove.isPending}
                onClick={() => remove.mutate()}
              >
                <Trash2 aria-hidden />
              </Button>
            </>
          ) : null}
        </span>
      </div>
      <div className="flex flex-wrap items-center gap-1">
        {Object.entries(labels).map(([label, value]) => (
          <Chip key={label} name={label} operator="=" value={value} />
        ))}
      </div>
      <p className="text-12 text-soft [overflow-wrap:anywhere]">{expected.join(" ")}</p>
      {failure ? (
        <p className="text-12 text-critical [overflow-wrap:anywhere]">
          {reasonText(failure)} {t("onTarget", { target: profileName(failure.profile) })}
        </p>
      ) : null}
      {remove.isError ? <ErrorNotice error={remove.error} /> : null}
    </li>
  );
}
