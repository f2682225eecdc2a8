"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import type { SessionDto } from "@/lib/tenancy/contract";
import { api } from "../http/api";
import { useFailureToast } from "../http/failure-toast";
import { Loaded } from "../http/loaded";
import { Tag } from "../ui/badge";
import { Button } from "../ui/button";
import { Card, CardHeader, CardTitle } from "../ui/card";
import { ActionsTh, Table, Td, Th, Tr } from "../ui/table";
import { RelativeTime } from "../ui/time";
import { useToast } from "../ui/toast";
import { deviceName } from "./device-name";
import { sessionsQuery } from "./queries";

export function Sessions() {
  const t = useTranslations("account.sessions");
  const query = useQuery(sessionsQuery());
  return (
    <Card>
      <CardHeader>
        <CardTitle>{t("title")}</CardTitle>
        <p className="text-12 text-muted">{t("text")}</p>
        <EndOthers disabled={!query.data || query.data.length < 2} />
      </CardHeader>
      <Loaded query={query} rows={2} className="m-4">
        {(data) => (
          <Table label={t("title")}>
            <thead>
              <tr>
                <Th>{t("device")}</Th>
                <Th>{t("address")}</Th>
                <Th>{t("how")}</Th>
                <Th>{t("signedIn")}</Th>
                <Th>{t("lastSeen")}</Th>
                <ActionsTh />
              </tr>
            </thead>
            <tbody>
              {data.map((session) => (
                <SessionRow key={session.id} session={session} />
              ))}
            </tbody>
          </Table>
        )}
      </Loaded>
    </Card>
  );
}

const SHOWN = ["oidc", "password", "link", "passkey", "totp", "recovery", "mfa"] as const;
const isShown = (name: string): name is (typeof SHOWN)[number] => SHOWN.some((known) => known === name);

function EndOthers({ disabled }: { disabled: boolean }) {
  const t = useTranslations("account.sessions");
  const client = useQueryClient();
  const { toast } = useToast();
  const end = useMutation({
    mutationFn: () => api<{ ended: number }>("/api/me/sessions", { method: "DELETE" }),
    onSuccess: ({ ended }) => toast({ title: t("endedOthers", { count: ended }) }),
    onError: useFailureToast(),
    onSettled: () => client.invalidateQueries({ queryKey: sessionsQuery().queryKey }),
  });
  return (
    <Button size="sm" className="ml-auto" disabled={disabled} pending={end.isPending} onClick={() => end.mutate()}>
      {t("endOthers")}
    </Button>
  );
}

function SessionRow({ session }: { session: SessionDto }) {
  const t = useTranslations("account.sessions");
  const client = useQueryClient();
  const { toast } = useToast();
  const end = useMutation({
    mutationFn: () => api(`/api/me/sessions/${session.id}`, { method: "DELETE" }),
    onSuccess: () => toast({ title: t("ended") }),
    onError: useFailureToast(),
    onSettled: () => client.invalidateQueries({ queryKey: sessionsQuery().queryKey }),
  });
  return (
    <Tr>
      <Td>
        <span className="flex flex-wrap items-center gap-2" title={session.userAgent}>
          {deviceName(session.userAgent) ?? t("unknownDevice")}
          {session.current ? <Tag>{t("this")}</Tag> : null}
        </span>
      </Td>
      <Td>{session.address ? <code className="text-12">{session.address}</code> : t("unknownAddress")}</Td>
      <Td>
        <span className="flex flex-wrap gap-1">
          {[session.method, ...session.factors].map((shown) => (
            <Tag key={shown}>{isShown(shown) ? t(`method.${shown}`) : shown}</Tag>
          ))}
        </span>
      </Td>
      <Td className="whitespace-nowrap text-soft">
        <RelativeTime value={session.createdAt} />
      </Td>
      <Td className="whitespace-nowrap text-soft">
        <RelativeTime value={session.lastSeenAt} />
      </Td>
      <Td numeric>
        {session.current ? null : (
          <Button size="sm" pending={end.isPending} onClick={() => end.mutate()}>
            {t("end")}
          </Button>
        )}
      </Td>
    </Tr>
  );
}
