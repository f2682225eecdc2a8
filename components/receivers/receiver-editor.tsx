"use client";

import Link from "next/link";
import { useTranslations } from "next-intl";
import { memo, type ReactNode } from "react";
import type { IntegrationKey } from "@/lib/alertmanager";
import { coversReceiver } from "@/lib/tenancy/grants/covers/contract";
import { useShownPath } from "../editor/edited-path";
import { LockNotice } from "../editor/lock-notice";
import { useEditorState, useEdits } from "../editor/use-change";
import { useTenant } from "../http/tenant-context";
import { Button } from "../ui/button";
import { EmptyState } from "../ui/empty-state";
import { AddIntegration } from "./add-integration";
import { IntegrationCard } from "./integration-card";
import { addIntegration, entriesOf } from "./receiver-edits";
import { ReceiverHead } from "./receiver-head";

/** A letter typed into an integration draws its card anew and nothing else of the page. */
export function ReceiverEditor({ id, actions }: { id: string; actions?: ReactNode }) {
  const t = useTranslations("receivers");
  const people = useTranslations("people");
  const tenant = useTenant();
  const index = useEditorState(({ document }) => (document.config.receivers ?? []).findIndex((one) => one.id === id));
  const receiver = useEditorState(({ document }) => document.config.receivers?.[index]);
  useShownPath(["receivers", index]);
  if (!receiver) {
    return (
      <EmptyState
        title={t("goneTitle")}
        actions={
          <Button asChild>
            <Link href={tenant.href("receivers")}>{t("backToList")}</Link>
          </Button>
        }
      >
        <p>{t("goneText")}</p>
      </EmptyState>
    );
  }
  const entries = entriesOf(receiver);
  const locked = tenant.grants !== null && !coversReceiver(tenant.grants, receiver.name);
  return (
    <>
      {locked ? <LockNotice>{people("locked")}</LockNotice> : null}
      <fieldset disabled={locked} className="contents">
        <ReceiverHead key={id} id={id} index={index} name={receiver.name} actions={actions} />
        {entries.length === 0 ? (
          <EmptyState title={t("noIntegrations")} className="rounded-lg border border-dashed border-line-strong">
            <p>{t("noIntegrationsText")}</p>
          </EmptyState>
        ) : null}
        {entries.map(({ key, index: at, integration }) => (
          <IntegrationCard
            key={integration.id}
            receiverId={id}
            kind={key}
            index={at}
            last={at === (receiver[key]?.length ?? 0) - 1}
            path={["receivers", index, key, at]}
            integration={integration}
          />
        ))}
        {locked ? null : <MoreIntegrations id={id} present={entries.map(({ key }) => key)} />}
      </fieldset>
    </>
  );
}

type MoreProps = { id: string; present: readonly IntegrationKey[] };

const MoreIntegrations = memo(PlainMoreIntegrations, (before, after) => {
  return before.id === after.id && before.present.join() === after.present.join();
});

function PlainMoreIntegrations({ id, present }: MoreProps) {
  const { readOnly, updateConfig } = useEdits();
  if (readOnly) return null;
  return (
    <div>
      <AddIntegration
        present={present}
        onAdd={(key) => updateConfig((current) => addIntegration(current, id, key, { id: crypto.randomUUID() }))}
      />
    </div>
  );
}
