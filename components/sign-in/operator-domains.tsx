"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { AtSign } from "lucide-react";
import { useTranslations } from "next-intl";
import { api } from "../http/api";
import { useFailureToast } from "../http/failure-toast";
import { Loaded } from "../http/loaded";
import { Button } from "../ui/button";
import { Card, CardBody, CardHeader, CardTitle } from "../ui/card";
import { EmptyState } from "../ui/empty-state";
import { Severity } from "../ui/severity";
import { Table, Td, Th, Tr } from "../ui/table";
import { useToast } from "../ui/toast";
import { operatorDomainsQuery, operatorDomainsSchema } from "./queries";

/** Whose e-mail domain is whose, and a word of the operator where DNS cannot say it. */
export function OperatorDomains() {
  const t = useTranslations("sign-in.operator");
  const states = useTranslations("sign-in.domains");
  const client = useQueryClient();
  const { toast } = useToast();
  const query = useQuery(operatorDomainsQuery);
  const confirm = useMutation({
    mutationFn: (body: { tenantId: string; domain: string }) =>
      api("/api/platform/sign-in-domains", { method: "POST", body, schema: operatorDomainsSchema }),
    onSuccess: (domains, { domain }) => {
      client.setQueryData(operatorDomainsQuery.queryKey, domains);
      toast({ title: t("confirmed", { domain }) });
    },
    onError: useFailureToast(),
  });
  return (
    <Card>
      <CardHeader>
        <CardTitle>{t("title")}</CardTitle>
      </CardHeader>
      <CardBody className="text-soft">{t("lead")}</CardBody>
      <Loaded query={query} className="m-4">
        {(domains) =>
          domains.length === 0 ? (
            <EmptyState icon={AtSign} title={t("none")} />
          ) : (
            <Table label={t("title")}>
              <thead>
                <tr>
                  <Th>{t("domain")}</Th>
                  <Th>{t("tenant")}</Th>
                  <Th>{t("state")}</Th>
                </tr>
              </thead>
              <tbody>
                {domains.map(({ tenantId, tenantSlug: tenant, domain, verifiedBy }) => (
                  <Tr key={`${tenantId} ${domain}`}>
                    <Td className="font-mono text-12">{domain}</Td>
                    <Td>{tenant}</Td>
                    <Td>
                      <span className="flex flex-wrap items-center gap-3">
                        <Severity level={verifiedBy ? "success" : "warning"}>
                          {states(verifiedBy ?? "unproven")}
                        </Severity>
                        {verifiedBy ? null : (
                          <Button
                            size="sm"
                            aria-label={t("confirm", { domain, tenant })}
                            pending={confirm.isPending && confirm.variables.domain === domain}
                            onClick={() => confirm.mutate({ tenantId, domain })}
                          >
                            {t("confirmShort")}
                          </Button>
                        )}
                      </span>
                    </Td>
                  </Tr>
                ))}
              </tbody>
            </Table>
          )
        }
      </Loaded>
    </Card>
  );
}
