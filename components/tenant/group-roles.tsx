"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Plus, Trash2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { useId, useState } from "react";
import { ROLES } from "@/lib/tenancy/contract";
import { type GroupRole, type GroupRoles, groupRolesDtoSchema } from "@/lib/tenancy/groups/contract";
import { api } from "../http/api";
import { ErrorNotice } from "../http/error-notice";
import { Loaded } from "../http/loaded";
import { useTenant } from "../http/tenant-context";
import { Button } from "../ui/button";
import { Card, CardHeader, CardTitle } from "../ui/card";
import { FormField } from "../ui/form-field";
import { Input } from "../ui/input";
import { Select } from "../ui/select";
import { useToast } from "../ui/toast";
import { accessQuery, groupRolesQuery, membersQuery } from "./member-queries";

/** What groups of a directory or of a sign-in service come to here. */
export function GroupRolesCard() {
  const t = useTranslations("people.groups");
  const tenant = useTenant();
  const query = useQuery(groupRolesQuery(tenant));
  return (
    <Card>
      <CardHeader>
        <CardTitle>{t("title")}</CardTitle>
      </CardHeader>
      <Loaded query={query} className="m-4">
        {(data) => (
          <div className="grid gap-3 p-4">
            <p className="text-soft">{t("text")}</p>
            {data.known.length > 0 ? (
              <p className="text-12 text-muted">{t("known", { names: data.known.join(", ") })}</p>
            ) : null}
            <p className="text-12 text-muted">
              {t("scim")}: <code className="[overflow-wrap:anywhere]">{tenant.endpoint("scim/v2")}</code>
            </p>
            <GroupForm key={JSON.stringify(data.groups)} groups={data.groups} />
          </div>
        )}
      </Loaded>
    </Card>
  );
}

type Row = { key: string; name: string; role: GroupRole["role"]; receivers: string; kept: GroupRole["grants"] };

function rowOf({ name, role, grants }: GroupRole): Row {
  return { key: crypto.randomUUID(), name, role, receivers: grants?.receivers.join(", ") ?? "", kept: grants };
}

function groupOf({ name, role, receivers, kept }: Row): GroupRole {
  const names = receivers.split(",").flatMap((one) => one.trim() || []);
  // Routes and parts of a group are set over the API; they stay.
  const rest = { routes: kept?.routes ?? [], parts: kept?.parts ?? [] };
  const limited = names.length > 0 || rest.routes.length > 0 || rest.parts.length > 0;
  return { name: name.trim(), role, grants: limited ? { receivers: names, ...rest } : null };
}

function GroupForm({ groups }: { groups: GroupRoles["groups"] }) {
  const t = useTranslations("people.groups");
  const roles = useTranslations("tenant.roles");
  const tenant = useTenant();
  const client = useQueryClient();
  const { toast } = useToast();
  const id = useId();
  const [rows, setRows] = useState(() => groups.map(rowOf));
  const edit = (key: string, more: Partial<Row>) =>
    setRows((now) => now.map((row) => (row.key === key ? { ...row, ...more } : row)));
  const save = useMutation({
    mutationFn: () =>
      api(tenant.endpoint("group-roles"), {
        method: "PUT",
        body: { groups: rows.map(groupOf) },
        schema: groupRolesDtoSchema,
      }),
    onSuccess: async (saved) => {
      toast({ title: t("saved") });
      client.setQueryData(groupRolesQuery(tenant).queryKey, saved);
      await client.invalidateQueries({ queryKey: accessQuery(tenant).queryKey });
      await client.invalidateQueries({ queryKey: membersQuery(tenant).queryKey });
    },
  });
  return (
    <form
      className="grid gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      {save.isError ? <ErrorNotice error={save.error} /> : null}
      {rows.length === 0 ? <p className="text-muted">{t("none")}</p> : null}
      {rows.map((row) => (
        <div key={row.key} className="grid gap-2 sm:grid-cols-[1fr_160px_1fr_auto] sm:items-start">
          <FormField id={`${id}-${row.key}-name`} label={t("name")}>
            {(control) => (
              <Input
                {...control}
                required
                value={row.name}
                onChange={(event) => edit(row.key, { name: event.target.value })}
              />
            )}
          </FormField>
          <FormField id={`${id}-${row.key}-role`} label={t("role")}>
            {(control) => (
              <Select
                {...control}
                value={row.role}
                onChange={(event) => {
                  const role = ROLES.find((known) => known === event.target.value);
                  if (role) edit(row.key, { role });
                }}
              >
                {ROLES.map((role) => (
                  <option key={role} value={role}>
                    {roles(role)}
                  </option>
                ))}
              </Select>
            )}
          </FormField>
          <FormField id={`${id}-${row.key}-limits`} label={t("limits")} hint={t("limitsHint")}>
            {(control) => (
              <Input
                {...control}
                className="font-mono text-12"
                disabled={row.role === "admin"}
                value={row.receivers}
                onChange={(event) => edit(row.key, { receivers: event.target.value })}
              />
            )}
          </FormField>
          <Button
            variant="quiet"
            size="icon"
            className="sm:mt-6"
            aria-label={t("remove", { name: row.name })}
            onClick={() => setRows((now) => now.filter(({ key }) => key !== row.key))}
          >
            <Trash2 aria-hidden />
          </Button>
        </div>
      ))}
      <div className="flex gap-2">
        <Button onClick={() => setRows((now) => [...now, rowOf({ name: "", role: "viewer", grants: null })])}>
          <Plus aria-hidden />
          {t("add")}
        </Button>
        <Button type="submit" variant="primary" pending={save.isPending}>
          {t("save")}
        </Button>
      </div>
    </form>
  );
}
