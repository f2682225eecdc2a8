"use client";

import { ArrowDown, ArrowUp, MoreHorizontal, Trash2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { memo } from "react";
import { INTEGRATIONS, type Integration, type IntegrationKey, type Path } from "@/lib/alertmanager";
import { EntryHead } from "../editor/entry-head";
import { useEdits } from "../editor/use-change";
import { FieldsProvider, useDiagnosticsAt } from "../fields/environment";
import { FieldDiagnostics } from "../fields/field-diagnostics";
import { useLackText, whoLacksIntegration } from "../fields/judges";
import { pathId } from "../fields/path-id";
import { useFold } from "../fields/reveal";
import { StructForm } from "../fields/struct-form";
import { Tag } from "../ui/badge";
import { Button } from "../ui/button";
import { Card } from "../ui/card";
import { cn } from "../ui/cn";
import { DropdownMenu, DropdownMenuContent, DropdownMenuItem, DropdownMenuTrigger } from "../ui/dropdown-menu";
import { useToast } from "../ui/toast";
import { IntegrationIcon } from "./integration-icon";
import { moveIntegration, removeIntegration } from "./receiver-edits";
import { useInherited } from "./use-inherited";

export type IntegrationCardProps = {
  receiverId: string;
  kind: IntegrationKey;
  index: number;
  last: boolean;
  path: Path;
  integration: Integration;
};

/** Typing in one integration draws only its own card anew. */
export const IntegrationCard = memo(
  PlainIntegrationCard,
  (before, after) =>
    before.integration === after.integration &&
    before.last === after.last &&
    pathId(before.path) === pathId(after.path) &&
    before.receiverId === after.receiverId,
);

function PlainIntegrationCard({ receiverId, kind, index, last, path, integration }: IntegrationCardProps) {
  const findings = useDiagnosticsAt(path);
  const problems = useDiagnosticsAt(path, true);
  const definition = INTEGRATIONS[kind];
  const environment = useInherited(kind, integration, path);
  const lackText = useLackText();
  const lacking = whoLacksIntegration(environment.judges, kind);
  const [open, setOpen] = useFold(pathId(path), true);

  const errors = problems.filter(({ severity }) => severity === "error").length;
  const name = `${kind}[${index}]`;

  return (
    <Card
      data-path={JSON.stringify(path)}
      id={pathId(path)}
      aria-label={`${definition.label} ${name}`}
      className={cn(errors > 0 && "border-critical-line")}
    >
      <EntryHead
        open={open}
        setOpen={setOpen}
        problems={problems}
        tools={<CardMenu receiverId={receiverId} kind={kind} index={index} last={last} />}
      >
        <IntegrationIcon kind={kind} className="size-4 shrink-0 text-muted" />
        <span className="text-14 font-semibold">{definition.label}</span>
        <span className="truncate font-mono text-12 text-muted">{name}</span>
        {lacking.length > 0 ? <Tag>{lackText(definition.since, lacking)}</Tag> : null}
      </EntryHead>
      {open ? (
        <div className="border-t">
          <div className="px-4 empty:hidden">
            <FieldDiagnostics id={`${pathId(path)}-faults`} diagnostics={findings} />
          </div>
          <FieldsProvider value={environment}>
            <StructForm struct={definition} path={path} value={integration} omit={["id"]} />
          </FieldsProvider>
        </div>
      ) : null}
    </Card>
  );
}

type MenuProps = Pick<IntegrationCardProps, "receiverId" | "kind" | "index" | "last">;

const CardMenu = memo(({ receiverId, kind, index, last }: MenuProps) => {
  const t = useTranslations("receivers");
  const { toast } = useToast();
  const { readOnly, updateConfig, undo } = useEdits();
  if (readOnly) return null;
  const move = (by: -1 | 1) => updateConfig((config) => moveIntegration(config, receiverId, kind, index, by));
  const remove = () => {
    updateConfig((config) => removeIntegration(config, receiverId, kind, index));
    toast({
      title: t("removed", { name: INTEGRATIONS[kind].label }),
      action: { label: t("undo"), onSelect: undo },
    });
  };
  return (
    <DropdownMenu>
      <DropdownMenuTrigger asChild>
        <Button size="icon-sm" variant="quiet" aria-label={t("actionsOf", { name: `${kind}[${index}]` })}>
          <MoreHorizontal aria-hidden />
        </Button>
      </DropdownMenuTrigger>
      <DropdownMenuContent align="end">
        <DropdownMenuItem disabled={index === 0} onSelect={() => move(-1)}>
          <ArrowUp aria-hidden />
          {t("moveUp")}
        </DropdownMenuItem>
        <DropdownMenuItem disabled={last} onSelect={() => move(1)}>
          <ArrowDown aria-hidden />
          {t("moveDown")}
        </DropdownMenuItem>
        <DropdownMenuItem danger onSelect={remove}>
          <Trash2 aria-hidden />
          {t("remove")}
        </DropdownMenuItem>
      </DropdownMenuContent>
    </DropdownMenu>
  );
});
CardMenu.displayName = "CardMenu";
