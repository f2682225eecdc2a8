"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Check, Download, KeyRound, Trash2 } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import type { AccessDto, AccessOfPerson } from "@/lib/tenancy/access/contract";
import { api } from "../http/api";
import { useFailureToast } from "../http/failure-toast";
import { Loaded } from "../http/loaded";
import { useTenant } from "../http/tenant-context";
import { Tag } from "../ui/badge";
import { Button } from "../ui/button";
import { Card, CardAside, CardHeader, CardTitle } from "../ui/card";
import { EmptyState } from "../ui/empty-state";
import { ActionsTh, Table, Td, Th, Tr } from "../ui/table";
import { RelativeTime } from "../ui/time";
import { useToast } from "../ui/toast";
import { accessQuery, membersQuery } from "./member-queries";
import { PersonName } from "./person-name";

/** Who can do what, to be looked through now and then. */
export function Access({ personId }: { personId: string }) {
  const t = useTranslations("people.access");
  const tenant = useTenant();
  const query = useQuery(accessQuery(tenant));
  return (
    <>
      <Card>
        <CardHeader>
          <CardTitle>{t("title")}</CardTitle>
          <CardAside>
            {query.data ? <span>{t("count", { count: query.data.people.length })}</span> : null}
            <Button asChild size="sm">
              <a href={tenant.endpoint("access/export")} download>
                <Download aria-hidden />
                {t("export")}
              </a>
            </Button>
          </CardAside>
        </CardHeader>
        <p className="border-b px-4 py-2 text-soft">{t("text")}</p>
        <Loaded query={query} className="m-4">
          {({ people }) => <People people={people} personId={personId} />}
        </Loaded>
      </Card>
      <Card>
        <CardHeader>
          <CardTitle>{t("services")}</CardTitle>
        </CardHeader>
        <Loaded query={query} className="m-4">
          {({ services }) => <Services services={services} />}
        </Loaded>
      </Card>
    </>
  );
}

function People({ people, personId }: { people: AccessDto["people"]; personId: string }) {
  const t = useTranslations("people.access");
  const tenant = useTenant();
  const manages = tenant.can("members:manage");
  return (
    <Table label={t("title")}>
      <thead>
        <tr>
          <Th>{t("name")}</Th>
          <Th>{t("may")}</Th>
          <Th>{t("last")}</Th>
          <Th>{t("reviewed")}</Th>
          {manages ? <ActionsTh /> : null}
        </tr>
      </thead>
      <tbody>
        {people.map((person) => (
          <PersonRow key={person.id} person={person} you={person.id === personId} manages={manages} />
        ))}
      </tbody>
    </Table>
  );
}

type RowProps = { person: AccessOfPerson; you: boolean; manages: boolean };

function PersonRow({ person, you, manages }: RowProps) {
  const t = useTranslations("people.access");
  return (
    <Tr>
      <Td>
        <PersonName person={person} you={you}>
          <Tag>{t(`source.${person.source}`)}</Tag>
        </PersonName>
      </Td>
      <Td>
        <May person={person} />
      </Td>
      <Td>{person.lastUsedAt ? <RelativeTime value={person.lastUsedAt} /> : <NotSeen person={person} />}</Td>
      <Td>
        {person.reviewedAt ? (
          <>
            <RelativeTime value={person.reviewedAt} />
            {person.reviewedBy ? (
              <span className="block text-12 text-muted">{t("reviewedBy", { name: person.reviewedBy })}</span>
            ) : null}
          </>
        ) : (
          <span className="text-muted">{t("never")}</span>
        )}
      </Td>
      {manages ? (
        <Td numeric>
          <Actions person={person} />
        </Td>
      ) : null}
    </Tr>
  );
}

function NotSeen({ person }: { person: AccessOfPerson }) {
  const t = useTranslations("people.access");
  const members = useTranslations("settings.members");
  return <span className="text-muted">{person.status === "invited" ? members("invited") : t("notSeen")}</span>;
}

function May({ person: { role, grants, secondFactor, tokens } }: { person: AccessOfPerson }) {
  const t = useTranslations("people.access");
  const parts = useTranslations("people.limits.part");
  const roles = useTranslations("tenant.roles");
  const limits = grants
    ? [
        ...(grants.receivers.length > 0 ? [t("receiver", { names: grants.receivers.join(", ") })] : []),
        ...(grants.routes.length > 0
          ? [t("route", { names: grants.routes.map(({ label }) => label).join(", ") })]
          : []),
        ...grants.parts.map((part) => parts(part)),
      ]
    : [];
  const rest = [
    t(secondFactor ? "secondFactor" : "noSecondFactor"),
    ...(tokens.length > 0 ? [t("tokens", { count: tokens.length })] : []),
  ];
  return (
    <>
      <span className="block">{roles(role)}</span>
      {grants ? <span className="block text-12 [overflow-wrap:anywhere]">{limits.join(" · ") || "–"}</span> : null}
      <span className="block text-12 text-muted">{rest.join(" · ")}</span>
    </>
  );
}

function Actions({ person }: { person: AccessOfPerson }) {
  const t = useTranslations("people.access");
  const members = useTranslations("settings.members");
  const tenant = useTenant();
  const client = useQueryClient();
  const { toast } = useToast();
  const onError = useFailureToast();
  const onSettled = async () => {
    await client.invalidateQueries({ queryKey: accessQuery(tenant).queryKey });
    await client.invalidateQueries({ queryKey: membersQuery(tenant).queryKey });
  };
  const path = tenant.endpoint(`members/${person.id}`);
  const review = useMutation({
    mutationFn: () => api(`${path}/review`, { method: "POST", body: {} }),
    onSuccess: () => toast({ title: t("done", { name: person.name }) }),
    onError,
    onSettled,
  });
  const remove = useMutation({
    mutationFn: () => api(path, { method: "DELETE" }),
    onSuccess: () => toast({ title: members("removed", { name: person.name }) }),
    onError,
    onSettled,
  });
  return (
    <>
      <Button
        variant="quiet"
        size="icon-sm"
        aria-label={t("review", { name: person.name })}
        pending={review.isPending}
        onClick={() => review.mutate()}
      >
        <Check aria-hidden />
      </Button>
      <Button
        variant="quiet"
        size="icon-sm"
        aria-label={members("remove", { name: person.name })}
        pending={remove.isPending}
        onClick={() => remove.mutate()}
      >
        <Trash2 aria-hidden />
      </Button>
    </>
  );
}

function Services({ services }: { services: AccessDto["services"] }) {
  const t = useTranslations("people.access");
  const roles = useTranslations("tenant.roles");
  const format = useFormatter();
  if (services.length === 0) return <EmptyState icon={KeyRound} title={t("noServices")} />;
  return (
    <Table label={t("services")}>
      <thead>
        <tr>
          <Th>{t("name")}</Th>
          <Th>{t("may")}</Th>
          <Th>{t("last")}</Th>
        </tr>
      </thead>
      <tbody>
        {services.map((token) => (
          <Tr key={token.id}>
            <Td>{token.name}</Td>
            <Td>
              {roles(token.role)}
              <span className="block text-12 text-muted [overflow-wrap:anywhere]">
                {token.scopes.join(", ")} ·{" "}
                {t("until", { date: format.dateTime(new Date(token.expiresAt), { dateStyle: "medium" }) })}
              </span>
            </Td>
            <Td>
              {token.lastUsedAt ? (
                <RelativeTime value={token.lastUsedAt} />
              ) : (
                <span className="text-muted">{t("never")}</span>
              )}
            </Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  );
}
