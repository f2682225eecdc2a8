"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useRef, useState } from "react";
import type { FactorDto, SecondFactorDto } from "@/lib/tenancy/second-factor/contract";
import { recoveryCodesSchema } from "@/lib/tenancy/second-factor/contract";
import { api } from "../http/api";
import { useFailureToast } from "../http/failure-toast";
import { Loaded } from "../http/loaded";
import { Tag } from "../ui/badge";
import { Button } from "../ui/button";
import { Card, CardAside, CardBody, CardHeader, CardTitle } from "../ui/card";
import { Dialog, DialogContent } from "../ui/dialog";
import { Notice } from "../ui/severity";
import { ActionsTh, Table, Td, Th, Tr } from "../ui/table";
import { RelativeTime } from "../ui/time";
import { useToast } from "../ui/toast";
import { Enrolment } from "./enrolment";
import { secondFactorQuery } from "./queries";
import { RecoveryCodes } from "./recovery-codes";

/** What one signs in with beside the password. */
export function SecondFactor() {
  const query = useQuery(secondFactorQuery());
  return (
    <Loaded query={query} rows={4}>
      {(data) => (
        <div className="grid gap-4">
          <Notices data={data} />
          <Factors data={data} />
          {data.factors.length > 0 ? <Recovery left={data.recoveryCodesLeft} /> : null}
        </div>
      )}
    </Loaded>
  );
}

function Notices({ data }: { data: SecondFactorDto }) {
  const t = useTranslations("second-factor");
  return (
    <>
      {data.resetAt ? (
        <Notice level="warning" title={t("reset.title")}>
          <RelativeTime value={data.resetAt} />. {t("reset.text")}
        </Notice>
      ) : null}
      {data.demandedOfEverybody ? (
        <Notice level="info">{t("demandedOfEverybody")}</Notice>
      ) : data.demandedBy.length > 0 ? (
        <Notice level="info">{t("demandedBy", { tenants: data.demandedBy.join(", ") })}</Notice>
      ) : null}
    </>
  );
}

function Factors({ data }: { data: SecondFactorDto }) {
  const t = useTranslations("second-factor");
  const client = useQueryClient();
  const [adding, setAdding] = useState(false);
  const opener = useRef<HTMLButtonElement>(null);
  const refresh = () => client.invalidateQueries({ queryKey: secondFactorQuery().queryKey });
  const close = () => {
    setAdding(false);
    void refresh();
  };
  return (
    <Card>
      <CardHeader>
        <CardTitle>{t("title")}</CardTitle>
        <p className="text-12 text-muted">{t("lead")}</p>
        <CardAside>
          <Button ref={opener} size="sm" variant="primary" onClick={() => setAdding(true)}>
            {t("add")}
          </Button>
        </CardAside>
      </CardHeader>
      {data.factors.length === 0 ? (
        <p className="px-4 py-3 text-muted">{t("none")}</p>
      ) : (
        <Table label={t("title")}>
          <thead>
            <tr>
              <Th>{t("name")}</Th>
              <Th>{t("added")}</Th>
              <Th>{t("lastUsed")}</Th>
              <ActionsTh />
            </tr>
          </thead>
          <tbody>
            {data.factors.map((factor) => (
              <FactorRow key={factor.id} factor={factor} onChanged={refresh} />
            ))}
          </tbody>
        </Table>
      )}
      <Dialog open={adding} onOpenChange={(open) => (open ? undefined : close())}>
        <DialogContent title={t("add")} trigger={opener}>
          <Enrolment passkeys={data.passkeys} onDone={close} />
        </DialogContent>
      </Dialog>
    </Card>
  );
}

function FactorRow({ factor, onChanged }: { factor: FactorDto; onChanged: () => void }) {
  const t = useTranslations("second-factor");
  const { toast } = useToast();
  const remove = useMutation({
    mutationFn: () => api(`/api/me/second-factor/${factor.id}`, { method: "DELETE" }),
    onSuccess: () => toast({ title: t("removed", { name: factor.name }) }),
    onError: useFailureToast(),
    onSettled: onChanged,
  });
  return (
    <Tr>
      <Td>
        <span className="flex flex-wrap items-center gap-2">
          {factor.name}
          <Tag>{t(`kind.${factor.kind}`)}</Tag>
        </span>
      </Td>
      <Td className="whitespace-nowrap text-soft">
        <RelativeTime value={factor.createdAt} />
      </Td>
      <Td className="whitespace-nowrap text-soft">
        {factor.lastUsedAt ? <RelativeTime value={factor.lastUsedAt} /> : t("never")}
      </Td>
      <Td numeric>
        <Button
          size="sm"
          pending={remove.isPending}
          onClick={() => remove.mutate()}
          aria-label={t("removeNamed", { name: factor.name })}
        >
          {t("remove")}
        </Button>
      </Td>
    </Tr>
  );
}

function Recovery({ left }: { left: number }) {
  const t = useTranslations("second-factor.recovery");
  const client = useQueryClient();
  const renew = useMutation({
    mutationFn: () => api("/api/me/second-factor/recovery-codes", { method: "POST", schema: recoveryCodesSchema }),
    onError: useFailureToast(),
    onSettled: () => client.invalidateQueries({ queryKey: secondFactorQuery().queryKey }),
  });
  return (
    <Card>
      <CardHeader>
        <CardTitle>{t("title")}</CardTitle>
        <p className="text-12 text-muted">{t("left", { count: left })}</p>
        <CardAside>
          <Button size="sm" pending={renew.isPending} onClick={() => renew.mutate()}>
            {t("renew")}
          </Button>
        </CardAside>
      </CardHeader>
      <CardBody>
        {renew.data ? (
          <RecoveryCodes codes={renew.data.recoveryCodes} onKept={() => renew.reset()} />
        ) : (
          <p className="text-soft">{t("text")}</p>
        )}
      </CardBody>
    </Card>
  );
}
