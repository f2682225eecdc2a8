"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useFormatter, useTranslations } from "next-intl";
import { useState } from "react";
import {
  type KeyDto,
  type KeyringDto,
  keyringSchema,
  rewrapResultSchema,
  sealAgainResultSchema,
  type VerifyResult,
  verifyResultSchema,
} from "@/lib/secrets/contract";
import { api } from "../http/api";
import { ErrorNotice } from "../http/error-notice";
import { Loaded } from "../http/loaded";
import { Button } from "../ui/button";
import { Card, CardBody, CardHeader, CardTitle } from "../ui/card";
import { Notice, Severity } from "../ui/severity";
import { Table, Td, Th, Tr } from "../ui/table";
import { RelativeTime } from "../ui/time";
import { useToast } from "../ui/toast";
import { keyringQuery } from "./queries";
import { RefuseKeys } from "./refuse-keys";
import { useTenantNames } from "./tenant-names";

/** The keys that wrap tenants' data keys: who keeps them, what they wrap, and how they are replaced. */
export function KeysPage() {
  const query = useQuery(keyringQuery);
  return (
    <Loaded query={query}>
      {(keyring) => (
        <>
          <Keyring keyring={keyring} />
          <DataKeys keyring={keyring} />
        </>
      )}
    </Loaded>
  );
}

function Keyring({ keyring }: { keyring: KeyringDto }) {
  const t = useTranslations("keys");
  const [refusing, setRefusing] = useState<number | null>(null);
  const { rotate, rewrap, verify, pending, error } = useKeyWork();
  const { total, rewrapped } = keyring.dataKeys;
  const [primary] = keyring.keys;
  const older = keyring.keys.filter(({ state }) => state === "older");
  return (
    <Card>
      <CardHeader>
        <CardTitle>{t("title")}</CardTitle>
      </CardHeader>
      <CardBody className="grid gap-4">
        <p className="text-soft">{t("lead")}</p>
        {error ? <ErrorNotice error={error} /> : null}
        <div role="status" className="grid gap-1">
          <p>{t("progress", { rewrapped, total })}</p>
          {rewrapped < total ? (
            <progress className="h-1.5 w-full max-w-96" value={rewrapped} max={total} aria-label={t("progressLabel")} />
          ) : null}
        </div>
        <p className="text-soft">
          {keyring.rotation.keys > 0 ? t("byAge", { days: keyring.rotation.keys }) : t("byHand")}{" "}
          {t("next", { provider: t(`provider.${keyring.provider}`) })}
        </p>
        <div className="flex flex-wrap gap-3">
          <Button variant="primary" pending={rotate.isPending} disabled={pending} onClick={() => rotate.mutate()}>
            {t("rotate")}
          </Button>
          <Button pending={rewrap.isPending} disabled={pending || rewrapped === total} onClick={() => rewrap.mutate()}>
            {t("rewrap")}
          </Button>
          <Button
            disabled={pending || older.length === 0 || rewrapped < total}
            onClick={() => setRefusing(primary?.version ?? null)}
          >
            {t("refuse")}
          </Button>
          <Button pending={verify.isPending} disabled={pending} onClick={() => verify.mutate()}>
            {t("verify")}
          </Button>
        </div>
        {verify.data ? <Verified result={verify.data} /> : null}
      </CardBody>
      <KeyTable keys={keyring.keys} />
      {refusing === null ? null : <RefuseKeys version={refusing} onClose={() => setRefusing(null)} />}
    </Card>
  );
}

function Verified({ result: { tried, failed } }: { result: VerifyResult }) {
  const t = useTranslations("keys");
  const nameOf = useOwnerNames(failed.map(({ tenantId }) => tenantId));
  return (
    <Notice level={failed.length === 0 ? "success" : "critical"} title={t("verified", { tried })} role="status">
      {failed.length === 0 ? (
        t("allOpen")
      ) : (
        <ul>
          {failed.map(({ tenantId, version, reason }) => (
            <li key={`${tenantId} ${version} ${reason}`}>
              {nameOf(tenantId)} {version}: {reason}
            </li>
          ))}
        </ul>
      )}
    </Notice>
  );
}

function KeyTable({ keys }: { keys: readonly KeyDto[] }) {
  const t = useTranslations("keys");
  const format = useFormatter();
  return (
    <Table label={t("title")}>
      <thead>
        <tr>
          <Th numeric>{t("version")}</Th>
          <Th>{t("state")}</Th>
          <Th>{t("keeper")}</Th>
          <Th>{t("key")}</Th>
          <Th numeric>{t("wraps")}</Th>
          <Th numeric>{t("uses")}</Th>
          <Th numeric>{t("made")}</Th>
        </tr>
      </thead>
      <tbody>
        {keys.map((key) => (
          <Tr key={key.version}>
            <Td numeric>{key.version}</Td>
            <Td>
              <Severity level={key.ok ? (key.state === "primary" ? "success" : "neutral") : "critical"}>
                {key.ok ? t(`states.${key.state}`) : t("broken")}
              </Severity>
              {key.detail ? <p className="text-soft">{key.detail}</p> : null}
            </Td>
            <Td>{t(`provider.${key.provider}`)}</Td>
            <Td className="whitespace-nowrap font-mono text-12">
              {key.keyId} · {key.algorithm}
            </Td>
            <Td numeric>{format.number(key.dataKeys)}</Td>
            <Td numeric>{format.number(key.uses)}</Td>
            <Td numeric className="text-soft">
              <RelativeTime value={key.createdAt} />
            </Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  );
}

/** The log of the installation itself has keys as those of tenants have. */
const INSTALLATION = "00000000-0000-0000-0000-000000000000";

function useOwnerNames(ids: readonly string[]): (id: string) => string {
  const t = useTranslations("keys");
  const nameOf = useTenantNames(ids.filter((id) => id !== INSTALLATION));
  return (id) => (id === INSTALLATION ? t("installation") : nameOf(id));
}

function DataKeys({ keyring: { dataKeys, rotation } }: { keyring: KeyringDto }) {
  const t = useTranslations("keys");
  const format = useFormatter();
  const nameOf = useOwnerNames(dataKeys.mostUsed.map(({ tenantId }) => tenantId));
  const { rotateTenant, reseal } = useKeyWork();
  const { sealing, unused, destroyed } = dataKeys.replaced;
  const error = rotateTenant.error ?? reseal.error;
  return (
    <Card>
      <CardHeader>
        <CardTitle>{t("dataKeys")}</CardTitle>
      </CardHeader>
      <CardBody className="grid gap-2 text-soft">
        <p>{t("dataKeysLead", { limit: dataKeys.usesLimit })}</p>
        {rotation.dataKeys > 0 ? <p>{t("dataKeysByAge", { days: rotation.dataKeys })}</p> : null}
        {sealing + unused + destroyed > 0 ? (
          <p role="status">{t("replacedKeys", { sealing, unused, destroyed })}</p>
        ) : null}
        {sealing > 0 ? (
          <Button className="justify-self-start" pending={reseal.isPending} onClick={() => reseal.mutate()}>
            {t("reseal")}
          </Button>
        ) : null}
        {error ? <ErrorNotice error={error} /> : null}
      </CardBody>
      <Table label={t("dataKeys")}>
        <thead>
          <tr>
            <Th>{t("tenant")}</Th>
            <Th numeric>{t("version")}</Th>
            <Th>{t("algorithm")}</Th>
            <Th numeric>{t("wrappedBy")}</Th>
            <Th numeric>{t("seals")}</Th>
            <Th numeric>{t("made")}</Th>
            <Th>{t("action")}</Th>
          </tr>
        </thead>
        <tbody>
          {dataKeys.mostUsed.map(({ tenantId, version, algorithm, kekVersion, uses, createdAt }) => (
            <Tr key={tenantId}>
              <Td>{nameOf(tenantId)}</Td>
              <Td numeric>{version}</Td>
              <Td className="font-mono text-12">{algorithm}</Td>
              <Td numeric>{kekVersion}</Td>
              <Td numeric>{format.number(uses)}</Td>
              <Td numeric className="text-soft">
                <RelativeTime value={createdAt} />
              </Td>
              <Td>
                <Button
                  size="sm"
                  aria-label={t("replaceOf", { tenant: nameOf(tenantId) })}
                  pending={rotateTenant.isPending && rotateTenant.variables === tenantId}
                  disabled={rotateTenant.isPending}
                  onClick={() => rotateTenant.mutate(tenantId)}
                >
                  {t("replace")}
                </Button>
              </Td>
            </Tr>
          ))}
        </tbody>
      </Table>
    </Card>
  );
}

function useKeyWork() {
  const t = useTranslations("keys");
  const client = useQueryClient();
  const { toast } = useToast();
  const onSettled = () => client.invalidateQueries({ queryKey: keyringQuery.queryKey });
  const show = (keyring: KeyringDto) => client.setQueryData(keyringQuery.queryKey, keyring);
  const rotate = useMutation({
    mutationFn: () => api("/api/platform/keys/rotate", { method: "POST", schema: keyringSchema }),
    onSuccess: (keyring) => {
      show(keyring);
      toast({ title: t("rotated", { version: keyring.keys[0]?.version ?? 0 }) });
    },
    onSettled,
  });
  const rewrap = useMutation({
    mutationFn: () => api("/api/platform/keys/rewrap", { method: "POST", schema: rewrapResultSchema }),
    onSuccess: ({ rewrapped, left }) => toast({ title: t("rewrapped", { rewrapped, left }) }),
    onSettled,
  });
  const verify = useMutation({
    mutationFn: () => api("/api/platform/keys/verify", { method: "POST", schema: verifyResultSchema }),
  });
  const rotateTenant = useMutation({
    mutationFn: (tenantId: string) =>
      api("/api/platform/keys/data-keys", { method: "POST", body: { tenantId }, schema: keyringSchema }),
    onSuccess: (keyring) => {
      show(keyring);
      toast({ title: t("replaced") });
    },
    onSettled,
  });
  const reseal = useMutation({
    mutationFn: () => api("/api/platform/keys/reseal", { method: "POST", schema: sealAgainResultSchema }),
    onSuccess: ({ resealed, destroyed, left }) => toast({ title: t("resealed", { resealed, destroyed, left }) }),
    onSettled,
  });
  return {
    ...{ rotate, rewrap, verify, rotateTenant, reseal },
    pending: rotate.isPending || rewrap.isPending || verify.isPending,
    error: rotate.error ?? rewrap.error ?? verify.error,
  };
}
