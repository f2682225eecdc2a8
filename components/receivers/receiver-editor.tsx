"use client";

import { Trash2 } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { Receiver } from "@/lib/alertmanager";
import { useChange } from "../editor/use-change";
import { useFields } from "../fields/environment";
import { FieldDiagnostics } from "../fields/field-diagnostics";
import { pathId } from "../fields/path-id";
import { useTenant } from "../http/tenant-context";
import { Button } from "../ui/button";
import { EmptyState } from "../ui/empty-state";
import { FormField } from "../ui/form-field";
import { Input } from "../ui/input";
import { PageHeader } from "../ui/page";
import { AddIntegration } from "./add-integration";
import { useDeleteReceiver } from "./delete-receiver";
import { IntegrationCard } from "./integration-card";
import { addIntegration, entriesOf, renameReceiver, routesTo } from "./receiver-edits";

export function ReceiverEditor({ id }: { id: string }) {
  const t = useTranslations("receivers");
  const tenant = useTenant();
  const router = useRouter();
  const { config, readOnly, updateConfig } = useChange();
  const { diagnosticsAt } = useFields();
  const { request, dialog } = useDeleteReceiver(() => router.push(tenant.href("receivers")));
  const index = (config.receivers ?? []).findIndex((receiver) => receiver.id === id);
  const receiver = config.receivers?.[index];
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
  const uses = routesTo(config, receiver.name).length;
  const entries = entriesOf(receiver);
  const path = ["receivers", index] as const;
  return (
    <>
      <PageHeader
        mono
        title={receiver.name || t("unnamed")}
        facts={
          <>
            <span>{t("receiver")}</span>
            {uses > 0 ? (
              <Link className="link" href={`${tenant.href("routes")}?receiver=${encodeURIComponent(receiver.name)}`}>
                {t("usedBy", { count: uses })}
              </Link>
            ) : (
              <span>{t("unused")}</span>
            )}
          </>
        }
        actions={
          readOnly ? null : (
            <Button size="icon" onClick={() => request(receiver)} aria-label={t("deleteOf", { name: receiver.name })}>
              <Trash2 aria-hidden />
            </Button>
          )
        }
      />
      <NameField receiver={receiver} id={pathId([...path, "name"])} />
      <FieldDiagnostics
        id={`${pathId(path)}-faults`}
        diagnostics={[...diagnosticsAt(path), ...diagnosticsAt([...path, "name"])]}
      />
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
          path={[...path, key, at]}
          integration={integration}
        />
      ))}
      {readOnly ? null : (
        <div>
          <AddIntegration
            onAdd={(key) => updateConfig((current) => addIntegration(current, id, key, { id: crypto.randomUUID() }))}
          />
        </div>
      )}
      {dialog}
    </>
  );
}

/** Written when the cursor leaves: routes follow the name, and half a name would be no receiver's. */
function NameField({ receiver, id }: { receiver: Receiver; id: string }) {
  const t = useTranslations("receivers");
  const { config, readOnly, updateConfig } = useChange();
  const [text, setText] = useState<string | null>(null);
  const wanted = (text ?? receiver.name).trim();
  const taken = (config.receivers ?? []).some(({ id: other, name }) => other !== receiver.id && name === wanted);
  const commit = () => {
    if (text !== null && wanted !== "" && !taken)
      updateConfig((current) => renameReceiver(current, receiver.id, wanted));
    setText(null);
  };
  return (
    <FormField
      id={id}
      label={t("name")}
      className="max-w-[420px]"
      error={text !== null && taken ? t("nameTaken") : undefined}
    >
      {(control) => (
        <Input
          mono
          readOnly={readOnly}
          autoComplete="off"
          spellCheck={false}
          value={text ?? receiver.name}
          onChange={(event) => setText(event.target.value)}
          onBlur={commit}
          onKeyDown={(event) => {
            if (event.key === "Enter") commit();
            if (event.key === "Escape") setText(null);
          }}
          {...control}
        />
      )}
    </FormField>
  );
}
