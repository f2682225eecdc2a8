"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { ShieldCheck, Trash2, UserPlus } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import { useState } from "react";
import { type MemberDto, ROLES, type Role } from "@/lib/tenancy/contract";
import { api } from "../http/api";
import { useFailureToast } from "../http/failure-toast";
import { Loaded } from "../http/loaded";
import { useTenant } from "../http/tenant-context";
import { Room } from "../plan/room";
import { Tag } from "../ui/badge";
import { Button } from "../ui/button";
import { Card, CardAside, CardHeader, CardTitle } from "../ui/card";
import { Select } from "../ui/select";
import { ActionsTh, Table, Td, Th, Tr } from "../ui/table";
import { useToast } from "../ui/toast";
import { AddMember } from "./add-member";
import { GrantsDialog } from "./grants-dialog";
import { membersQuery } from "./member-queries";
import { PersonName } from "./person-name";
import { RenewInvitation } from "./renew-invitation";

export function Members({ personId, mails }: { personId: string; mails: boolean }) {
  const t = useTranslations("settings.members");
  const tenant = useTenant();
  const [adding, setAdding] = useState(false);
  const [limiting, setLimiting] = useState<MemberDto | null>(null);
  const query = useQuery(membersQuery(tenant));
  const manages = tenant.can("members:manage");

  return (
    <Card>
      <CardHeader>
        <CardTitle>{t("title")}</CardTitle>
        <CardAside>
          {query.data ? <span>{t("count", { count: query.data.length })}</span> : null}
          {query.data ? <Room quota="members" used={query.data.length} /> : null}
          {manages ? (
            <Button size="sm" onClick={() => setAdding(true)}>
              <UserPlus aria-hidden />
              {t("add")}
            </Button>
          ) : null}
        </CardAside>
      </CardHeader>
      <Loaded query={query} className="m-4">
        {(data) => (
          <Table label={t("title")}>
            <thead>
              <tr>
                <Th>{t("name")}</Th>
                <Th>{t("role")}</Th>
                {manages ? <ActionsTh /> : null}
              </tr>
            </thead>
            <tbody>
              {data.map((member) => (
                <MemberRow
                  key={member.id}
                  member={member}
                  you={member.id === personId}
                  manages={manages}
                  mails={mails}
                  onLimit={() => setLimiting(member)}
                />
              ))}
            </tbody>
          </Table>
        )}
      </Loaded>
      {manages ? null : <p className="border-t px-4 py-2 text-12 text-muted">{t("onlyAdmins")}</p>}
      {adding ? <AddMember mails={mails} onClose={() => setAdding(false)} /> : null}
      {limiting ? <GrantsDialog member={limiting} onClose={() => setLimiting(null)} /> : null}
    </Card>
  );
}

type RowProps = { member: MemberDto; you: boolean; manages: boolean; mails: boolean; onLimit: () => void };

function MemberRow({ member, you, manages, mails, onLimit }: RowProps) {
  const people = useTranslations("people");
  const t = useTranslations("settings.members");
  const common = useTranslations("common");
  const roles = useTranslations("tenant.roles");
  const tenant = useTenant();
  const client = useQueryClient();
  const { toast } = useToast();
  const refresh = () => client.invalidateQueries({ queryKey: membersQuery(tenant).queryKey });
  const onError = useFailureToast();

  const path = tenant.endpoint(`members/${member.id}`);
  const setRole = useMutation({
    mutationFn: (role: Role) => api(path, { method: "PUT", body: { role } }),
    onSuccess: (_, role) => toast({ title: t("changed", { name: member.name, role: roles(role) }) }),
    onError,
    onSettled: refresh,
  });
  const remove = useMutation({
    mutationFn: () => api(path, { method: "DELETE" }),
    onSuccess: () =>
      toast({
        title: t("removed", { name: member.name }),
        action: { label: common("undo"), onSelect: () => restore.mutate() },
      }),
    onError,
    onSettled: refresh,
  });
  const restore = useMutation({
    mutationFn: () =>
      api(tenant.endpoint("members"), {
        method: "POST",
        body: { email: member.email, name: member.name, role: member.role, grants: member.grants },
      }),
    onError,
    onSettled: refresh,
  });

  return (
    <Tr>
      <Td>
        <PersonName person={member} you={you} face>
          {member.status === "invited" ? <Tag>{t("invited")}</Tag> : null}
          {member.source === "oidc" ? <Tag>{t("oidc")}</Tag> : null}
          {member.source === "sso" || member.source === "scim" ? <Tag>{people(member.source)}</Tag> : null}
          {member.grants ? <Tag>{people("limits.set")}</Tag> : null}
          {member.status === "invited" && member.source === "invitation" ? (
            <LinkEnd until={member.invitedUntil} />
          ) : null}
        </PersonName>
      </Td>
      <Td className="min-w-[168px]">
        {manages ? (
          <Select
            aria-label={t("roleOf", { name: member.name })}
            value={setRole.isPending ? setRole.variables : member.role}
            onChange={(event) => {
              const role = ROLES.find((known) => known === event.target.value);
              if (role) setRole.mutate(role);
            }}
          >
            {ROLES.map((role) => (
              <option key={role} value={role}>
                {roles(role)}
              </option>
            ))}
          </Select>
        ) : (
          roles(member.role)
        )}
      </Td>
      {manages ? (
        <Td numeric>
          {member.status === "invited" && member.source === "invitation" ? (
            <RenewInvitation member={member} mails={mails} />
          ) : null}
          {member.role === "editor" || member.role === "approver" ? (
            <Button
              variant="quiet"
              size="icon-sm"
              aria-label={people("limits.edit", { name: member.name })}
              onClick={onLimit}
            >
              <ShieldCheck aria-hidden />
            </Button>
          ) : null}
          <Button
            variant="quiet"
            size="icon-sm"
            aria-label={t("remove", { name: member.name })}
            pending={remove.isPending}
            onClick={() => remove.mutate()}
          >
            <Trash2 aria-hidden />
          </Button>
        </Td>
      ) : null}
    </Tr>
  );
}

function LinkEnd({ until }: { until: string | null }) {
  const t = useTranslations("people");
  const format = useFormatter();
  const date = until && format.dateTime(new Date(until), { dateStyle: "medium", timeStyle: "short" });
  return <span className="text-12 text-muted">{date ? t("until", { date }) : t("over")}</span>;
}
