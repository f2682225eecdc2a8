"use client";

import { Trash2 } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { memo, type ReactNode, useMemo } from "react";
import { useEditor } from "../editor/change-context";
import type { EditorState } from "../editor/document-store";
import { NameField } from "../editor/name-field";
import { countUses } from "../editor/route-uses";
import { useEditorState, useEdits } from "../editor/use-change";
import { useDiagnosticsAt } from "../fields/environment";
import { FieldDiagnostics } from "../fields/field-diagnostics";
import { pathId } from "../fields/path-id";
import { useTenant } from "../http/tenant-context";
import { Button } from "../ui/button";
import { PageHeader } from "../ui/page";
import { useDeleteReceiver } from "./delete-receiver";
import { renameReceiver } from "./receiver-edits";

/** A receiver's name, who uses it and the way to delete it. */
export const ReceiverHead = memo(PlainReceiverHead);

type HeadProps = { id: string; index: number; name: string; actions?: ReactNode };

function PlainReceiverHead({ id, index, name, actions }: HeadProps) {
  const t = useTranslations("receivers");
  const tenant = useTenant();
  const router = useRouter();
  const { store } = useEditor();
  const { readOnly, updateConfig } = useEdits();
  const { request, dialog } = useDeleteReceiver(() => router.push(tenant.href("receivers")));
  const uses = useUses(name);
  const path = ["receivers", index] as const;
  const findings = useDiagnosticsAt(path);
  const nameFindings = useDiagnosticsAt([...path, "name"]);
  const remove = () => {
    const receiver = store.state().document.config.receivers?.find((one) => one.id === id);
    if (receiver) request(receiver);
  };
  return (
    <>
      <PageHeader
        mono
        title={name || t("unnamed")}
        facts={
          <>
            <span>{t("receiver")}</span>
            {uses > 0 ? (
              <Link className="link" href={`${tenant.href("routes")}?receiver=${encodeURIComponent(name)}`}>
                {t("usedBy", { count: uses })}
              </Link>
            ) : (
              <span>{t("unused")}</span>
            )}
          </>
        }
        actions={
          readOnly ? null : (
            <>
              {actions}
              <Button size="icon" onClick={remove} aria-label={t("deleteOf", { name })}>
                <Trash2 aria-hidden />
              </Button>
            </>
          )
        }
      />
      <div data-path={JSON.stringify([...path, "name"])}>
        <NameField
          id={pathId([...path, "name"])}
          name={name}
          label={t("name")}
          {...(uses > 0 ? { hint: t("nameHint") } : {})}
          problem={(wanted) =>
            store.state().document.config.receivers?.some((other) => other.id !== id && other.name === wanted)
              ? t("nameTaken")
              : undefined
          }
          rename={(wanted) => updateConfig((current) => renameReceiver(current, id, wanted))}
        />
        <FieldDiagnostics id={`${pathId(path)}-faults`} diagnostics={[...findings, ...nameFindings]} />
      </div>
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
