"use client";

import { queryOptions, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { ShieldOff } from "lucide-react";
import { useTranslations } from "next-intl";
import { type FormEvent, useId, useState } from "react";
import { z } from "zod";
import { type ErasureDto, erasureDtoSchema, personFileSchema } from "@/lib/privacy/contract";
import { api } from "../http/api";
import { ErrorNotice } from "../http/error-notice";
import { Loaded } from "../http/loaded";
import { Button } from "../ui/button";
import { buttonVariants } from "../ui/button-variants";
import { Card, CardBody, CardHeader, CardTitle } from "../ui/card";
import { EmptyState } from "../ui/empty-state";
import { FormField } from "../ui/form-field";
import { Input } from "../ui/input";
import { Table, Td, Th, Tr } from "../ui/table";
import { RelativeTime } from "../ui/time";
import { useToast } from "../ui/toast";
import { EraseDialog } from "./erase-dialog";
import { saveReceipt } from "./receipt";
import { saveFile } from "./save-file";

export const erasuresQuery = queryOptions({
  queryKey: ["platform", "erasures"],
  queryFn: ({ signal }) => api("/api/platform/erasures", { schema: z.array(erasureDtoSchema), signal }),
  refetchInterval: ({ state: { data } }) => (data?.some(({ step }) => step !== "done") ? 2_000 : false),
});

/** Operators answer what people ask: what is known of them, and to be erased. */
export function PeopleData() {
  return (
    <>
      <OnePerson />
      <Erasures />
      <Processing />
    </>
  );
}

function OnePerson() {
  const t = useTranslations("privacy");
  const id = useId();
  const client = useQueryClient();
  const { toast } = useToast();
  const [typed, setTyped] = useState("");
  const [erasing, setErasing] = useState(false);
  const email = typed.trim().toLowerCase();
  const take = useMutation({
    mutationFn: () =>
      api("/api/platform/person-exports", { method: "POST", body: { email }, schema: personFileSchema }),
    onSuccess: ({ name, zip }) => saveFile(Uint8Array.from(atob(zip), bytesOf), name, "application/zip"),
  });
  const erase = useMutation({
    mutationFn: () => api("/api/platform/erasures", { method: "POST", body: { email }, schema: erasureDtoSchema }),
    onSuccess: async ({ step }) => {
      toast({ title: t(step === "done" ? "erased" : "erasing") });
      setErasing(false);
      setTyped("");
      await client.invalidateQueries({ queryKey: erasuresQuery.queryKey });
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    take.mutate();
  };
  return (
    <Card>
      <CardHeader>
        <CardTitle>{t("personTitle")}</CardTitle>
      </CardHeader>
      <CardBody className="grid gap-3">
        <p className="max-w-prose text-soft">{t("personText")}</p>
        {take.isError ? <ErrorNotice error={take.error} /> : null}
        <form className="flex flex-wrap items-end gap-2" onSubmit={submit}>
          <FormField id={id} label={t("address")}>
            {(control) => (
              <Input
                {...control}
                type="email"
                className="w-72"
                value={typed}
                autoComplete="off"
                onChange={({ target }) => setTyped(target.value)}
              />
            )}
          </FormField>
          <Button type="submit" disabled={email === ""} pending={take.isPending}>
            {t("export")}
          </Button>
          <Button variant="danger" disabled={email === ""} onClick={() => setErasing(true)}>
            {t("erase")}
          </Button>
        </form>
      </CardBody>
      {erasing ? (
        <EraseDialog
          email={email}
          title={t("erasePerson", { email })}
          text={t("forGood")}
          act={erase}
          onErase={() => erase.mutate()}
          onClose={() => {
            erase.reset();
            setErasing(false);
          }}
        />
      ) : null}
    </Card>
  );
}

const bytesOf = (character: string) => character.charCodeAt(0);

function Erasures() {
  const t = useTranslations("privacy");
  const query = useQuery(erasuresQuery);
  return (
    <Card>
      <CardHeader>
        <CardTitle>{t("erasures")}</CardTitle>
      </CardHeader>
      <Loaded query={query} className="m-4">
        {(list) =>
          list.length === 0 ? (
            <EmptyState icon={ShieldOff} title={t("noErasures")} />
          ) : (
            <Table label={t("erasures")}>
              <thead>
                <tr>
                  <Th>{t("number")}</Th>
                  <Th>{t("requested")}</Th>
                  <Th>{t("state")}</Th>
                  <Th>{t("receipt")}</Th>
                </tr>
              </thead>
              <tbody>
                {list.map((erasure) => (
                  <ErasureRow key={erasure.id} erasure={erasure} />
                ))}
              </tbody>
            </Table>
          )
        }
      </Loaded>
    </Card>
  );
}

function ErasureRow({ erasure: { id, requestedAt, step, error, receipt } }: { erasure: ErasureDto }) {
  const t = useTranslations("privacy");
  const number = id.slice(0, 8);
  return (
    <Tr>
      <Td className="font-mono text-12">{number}</Td>
      <Td className="whitespace-nowrap text-soft">
        <RelativeTime value={requestedAt} />
      </Td>
      <Td>{error ? t("waits", { why: error }) : t(`steps.${step}`)}</Td>
      <Td>
        {receipt ? (
          <Button size="sm" aria-label={t("saveReceiptOf", { number })} onClick={() => saveReceipt(receipt)}>
            {t("saveReceipt")}
          </Button>
        ) : (
          "–"
        )}
      </Td>
    </Tr>
  );
}

function Processing() {
  const t = useTranslations("privacy");
  return (
    <Card>
      <CardHeader>
        <CardTitle>{t("processing")}</CardTitle>
      </CardHeader>
      <CardBody className="grid justify-items-start gap-3">
        <p className="max-w-prose text-soft">{t("processingText")}</p>
        <a href="/api/platform/processing?format=markdown" download className={buttonVariants()}>
          {t("processingSave")}
        </a>
      </CardBody>
    </Card>
  );
}
