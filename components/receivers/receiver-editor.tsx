"use client";

import { Trash2 } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { useEditor } from "../editor/change-context";
import type { EditorState } from "../editor/document-store";
import { useShownPath } from "../editor/edited-path";
import { NameField } from "../editor/name-field";
import { countUses } from "../editor/route-uses";
import { useEditorState, useEdits } from "../editor/use-change";
import { useDiagnosticsAt } from "../fields/environment";
import { FieldDiagnostics } from "../fields/field-diagnostics";
import { pathId } from "../fields/path-id";
import { useTenant } from "../http/tenant-context";
import { Button } from "../ui/button";
import { EmptyState } from "../ui/empty-state";
import { PageHeader } from "../ui/page";
import { AddIntegration } from "./add-integration";
import { useDeleteReceiver } from "./delete-receiver";
import { IntegrationCard } from "./integration-card";
import { addIntegration, entriesOf, renameReceiver } from "./receiver-edits";

export function ReceiverEditor({ id }: { id: string }) {
  const t = useTranslations("receivers");
  const tenant = useTenant();
  const router = useRouter();
  const { store } = useEditor();
  const { readOnly, updateConfig } = useEdits();
  const { request, dialog } = useDeleteReceiver(() => router.push(tenant.href("receivers")));
  const index = useEditorState(({ document }) => (document.config.receivers ?? []).findIndex((one) => one.id === id));
  const receiver = useEditorState(({ document }) => document.config.receivers?.[index]);
  const uses = useUses(receiver?.name ?? "");
  const path = ["receivers", index] as const;
  const findings = useDiagnosticsAt(path);
  useShownPath(path);
  const nameFindings = useDiagnosticsAt([...path, "name"]);
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
      <div data-path={JSON.stringify([...path, "name"])}>
        <NameField
          key={id}
          id={pathId([...path, "name"])}
          name={receiver.name}
          label={t("name")}
          {...(uses > 0 ? { hint: t("nameHint") } : {})}
          problem={(name) =>
            store.state().document.config.receivers?.some((other) => other.id !== id && other.name === name)
              ? t("nameTaken")
              : undefined
          }
          rename={(name) => updateConfig((current) => renameReceiver(current, id, name))}
        />
        <FieldDiagnostics id={`${pathId(path)}-faults`} diagnostics={[...findings, ...nameFindings]} />
      </div>
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
            present={entries.map(({ key }) => key)}
            onAdd={(key) => updateConfig((current) => addIntegration(current, id, key, { id: crypto.randomUUID() }))}
          />
        </div>
      )}
      {dialog}
    </>
  );
}

const routeOf = ({ document }: EditorState) => document.config.route;

/** Counted when the routes change, not with each letter that is typed into a field. */
function useUses(name: string): number {
  const route = useEditorState(routeOf);
  return useMemo(() => countUses(route).receiver(name), [route, name]);
}
