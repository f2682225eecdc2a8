"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { renewedSchema } from "@/lib/transparency/contract";
import { api } from "../http/api";
import { FormDialog } from "../http/form-dialog";
import { Loaded } from "../http/loaded";
import { Button } from "../ui/button";
import { Card, CardBody, CardHeader, CardTitle } from "../ui/card";
import { Notice } from "../ui/severity";
import { Table, Td, Th, Tr } from "../ui/table";
import { RelativeTime } from "../ui/time";
import { signingKeysQuery } from "./queries";
import { useTenantNames } from "./tenant-names";

/** The keys by which audit logs are signed, and their replacement. */
export function SigningKeys() {
  const t = useTranslations("keys.signing");
  const query = useQuery(signingKeysQuery);
  const client = useQueryClient();
  const [asking, setAsking] = useState(false);
  const renew = useMutation({
    mutationFn: () => api("/api/platform/audit/keys", { method: "POST", schema: renewedSchema }),
    onSuccess: ({ pairs }) => {
      client.setQueryData(signingKeysQuery.queryKey, { pairs });
      setAsking(false);
    },
  });
  return (
    <Card>
      <CardHeader>
        <CardTitle>{t("title")}</CardTitle>
      </CardHeader>
      <CardBody className="grid gap-4">
        <p className="text-soft">{t("lead")}</p>
        <div>
          <Button onClick={() => setAsking(true)}>{t("renew")}</Button>
        </div>
        {renew.data ? <Renewed {...renew.data} /> : null}
      </CardBody>
      <Loaded query={query}>
        {({ pairs }) => (
          <Table label={t("title")}>
            <thead>
              <tr>
                <Th>{t("made")}</Th>
                <Th>{t("state")}</Th>
                <Th>{t("names")}</Th>
              </tr>
            </thead>
            <tbody>
              {pairs.map(({ madeAt, keys, signs }, index) => (
                <Tr key={madeAt}>
                  <Td>
                    <RelativeTime value={madeAt} />
                  </Td>
                  <Td>{t(index === 0 ? "states.signs" : signs ? "states.replaced" : "states.destroyed")}</Td>
                  <Td>
                    {keys.map((key) => (
                      <code key={key} className="block break-all font-mono text-12">
                        {key}
                      </code>
                    ))}
                  </Td>
                </Tr>
              ))}
            </tbody>
          </Table>
        )}
      </Loaded>
      {asking ? (
        <FormDialog
          title={t("renewTitle")}
          description={t("renewText")}
          act={renew}
          submit={t("renew")}
          onSubmit={() => renew.mutate()}
          onClose={() => setAsking(false)}
        />
      ) : null}
    </Card>
  );
}

function Renewed({ made, logs, left }: { made: boolean; logs: number; left: { tenantId: string; code: string }[] }) {
  const t = useTranslations("keys.signing");
  const names = useTenantNames(left.map(({ tenantId }) => tenantId));
  return (
    <Notice level={left.length === 0 ? "success" : "critical"} title={t(made ? "renewed" : "young")} role="status">
      <p>{t("logs", { logs })}</p>
      {left.map(({ tenantId, code }) => (
        <p key={tenantId}>{t("left", { name: names(tenantId), code })}</p>
      ))}
    </Notice>
  );
}
