"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useId, useState } from "react";
import type { Config, Route } from "@/lib/alertmanager";
import { type MemberDto, memberDtoSchema } from "@/lib/tenancy/contract";
import { coverage, GRANTABLE_PARTS, type Grants } from "@/lib/tenancy/grants/contract";
import { liveQuery } from "../editor/queries";
import { api } from "../http/api";
import { ErrorNotice } from "../http/error-notice";
import { Loaded } from "../http/loaded";
import { useTenant } from "../http/tenant-context";
import { Button } from "../ui/button";
import { Dialog, DialogContent } from "../ui/dialog";
import { FormField } from "../ui/form-field";
import { Textarea } from "../ui/textarea";
import { useToast } from "../ui/toast";
import { accessQuery, membersQuery } from "./member-queries";

const NONE: Grants = { receivers: [], routes: [], parts: [] };
const SHOWN = 6;

type Choice = Grants["routes"][number] & { depth: number; gone?: true };

/** Every route below the root, by what people know it as; then those that were granted and are gone. */
function choicesOf(config: Config, granted: Grants["routes"]): Choice[] {
  const found: Choice[] = [];
  const visit = (routes: unknown, depth: number) => {
    if (!Array.isArray(routes)) return;
    for (const route of routes as Route[]) {
      const old = Object.entries({ ...route.match }).map(([name, value]) => `${name}="${String(value)}"`);
      const regexps = Object.entries({ ...route.match_re }).map(([name, value]) => `${name}=~"${String(value)}"`);
      const matchers = [...(Array.isArray(route.matchers) ? route.matchers.map(String) : []), ...old, ...regexps];
      const label = (matchers.join(", ") || route.receiver || route.id || "").slice(0, 500);
      if (route.id) found.push({ id: route.id, label, depth });
      visit(route.routes, depth + 1);
    }
  };
  visit(config.route?.routes, 0);
  const there = new Set(found.map(({ id }) => id));
  const gone = granted.filter(({ id }) => !there.has(id)).map((route) => ({ ...route, depth: 0, gone: true as const }));
  return [...found, ...gone];
}

export function GrantsDialog({ member, onClose }: { member: MemberDto; onClose: () => void }) {
  const tenant = useTenant();
  const t = useTranslations("people.limits");
  const live = useQuery(liveQuery(tenant));
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent title={t("title", { name: member.name })} description={t("text")} className="max-w-[560px]">
        <Loaded query={live} className="m-1">
          {({ document }) => <GrantsForm member={member} config={document.config} onClose={onClose} />}
        </Loaded>
      </DialogContent>
    </Dialog>
  );
}

type FormProps = { member: MemberDto; config: Config; onClose: () => void };

function GrantsForm({ member, config, onClose }: FormProps) {
  const t = useTranslations("people.limits");
  const common = useTranslations("common");
  const tenant = useTenant();
  const client = useQueryClient();
  const { toast } = useToast();
  const id = useId();
  const [limited, setLimited] = useState(member.grants !== null);
  const [grants, setGrants] = useState<Grants>(member.grants ?? NONE);
  const [names, setNames] = useState(grants.receivers.join("\n"));
  const receivers = names.split("\n").flatMap((line) => line.trim() || []);
  const wanted: Grants | null = limited ? { ...grants, receivers } : null;
  const save = useMutation({
    mutationFn: () =>
      api(tenant.endpoint(`members/${member.id}/grants`), {
        method: "PUT",
        body: { grants: wanted },
        schema: memberDtoSchema,
      }),
    onSuccess: async () => {
      toast({ title: t("saved", { name: member.name }) });
      onClose();
      await client.invalidateQueries({ queryKey: membersQuery(tenant).queryKey });
      await client.invalidateQueries({ queryKey: accessQuery(tenant).queryKey });
    },
  });
  const choices = choicesOf(config, grants.routes);
  const picked = new Set(grants.routes.map((route) => route.id));
  const toggle = ({ id: routeId, label }: Choice) =>
    setGrants((now) => ({
      ...now,
      routes: picked.has(routeId)
        ? now.routes.filter((one) => one.id !== routeId)
        : [...now.routes, { id: routeId, label }],
    }));
  return (
    <form
      className="grid gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      {save.isError ? <ErrorNotice error={save.error} /> : null}
      <fieldset className="grid gap-1">
        <legend className="sr-only">{t("title", { name: member.name })}</legend>
        {[false, true].map((some) => (
          <label key={String(some)} className="flex items-center gap-2">
            <input type="radio" name={`${id}-limited`} checked={limited === some} onChange={() => setLimited(some)} />
            {t(some ? "some" : "all")}
          </label>
        ))}
      </fieldset>
      {limited ? (
        <>
          <FormField id={`${id}-receivers`} label={t("receivers")} hint={t("receiversHint")}>
            {(control) => (
              <Textarea
                {...control}
                rows={3}
                className="font-mono text-12"
                value={names}
                onChange={(event) => setNames(event.target.value)}
              />
            )}
          </FormField>
          <fieldset className="grid gap-1">
            <legend className="font-medium">{t("routes")}</legend>
            <p className="text-12 text-muted">{t("routesHint")}</p>
            {choices.length === 0 ? <p className="text-soft">{t("noRoutes")}</p> : null}
            <div className="grid max-h-48 gap-1 overflow-y-auto">
              {choices.map((choice) => (
                <label key={choice.id} className="flex items-center gap-2 font-mono text-12">
                  <input type="checkbox" checked={picked.has(choice.id)} onChange={() => toggle(choice)} />
                  <span className="[overflow-wrap:anywhere]">
                    {"\u00a0\u00a0".repeat(Math.min(choice.depth, 8))}
                    {choice.label}
                    {choice.gone ? ` (${t("gone")})` : ""}
                  </span>
                </label>
              ))}
            </div>
          </fieldset>
          <fieldset className="flex flex-wrap gap-x-4 gap-y-1">
            <legend className="font-medium">{t("parts")}</legend>
            {GRANTABLE_PARTS.map((part) => (
              <label key={part} className="flex items-center gap-2">
                <input
                  type="checkbox"
                  checked={grants.parts.includes(part)}
                  onChange={(event) =>
                    setGrants((now) => ({
                      ...now,
                      parts: event.target.checked ? [...now.parts, part] : now.parts.filter((one) => one !== part),
                    }))
                  }
                />
                {t(`part.${part}`)}
              </label>
            ))}
          </fieldset>
          <Covered config={config} grants={{ ...grants, receivers }} />
        </>
      ) : null}
      <div className="flex justify-end gap-2 border-t pt-3">
        <Button onClick={onClose}>{common("cancel")}</Button>
        <Button type="submit" variant="primary" pending={save.isPending}>
          {common("save")}
        </Button>
      </div>
    </form>
  );
}

function Covered({ config, grants }: { config: Config; grants: Grants }) {
  const t = useTranslations("people.limits");
  const { receivers, routes } = coverage(config, grants);
  const shown = receivers.slice(0, SHOWN);
  const more = receivers.length - shown.length;
  return (
    <div role="status" className="rounded-md bg-sunken p-2">
      <p>
        {t("covers", {
          receivers: receivers.length,
          routes: routes.reduce((sum, { routes: count }) => sum + count, 0),
        })}
      </p>
      {shown.length > 0 ? (
        <p className="font-mono text-12 text-soft [overflow-wrap:anywhere]">
          {shown.join(", ")} {more > 0 ? t("and", { count: more }) : ""}
        </p>
      ) : null}
    </div>
  );
}
