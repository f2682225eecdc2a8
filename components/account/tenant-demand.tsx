"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { ROLES, type Role } from "@/lib/tenancy/contract";
import { type TenantSecondFactorDto, tenantSecondFactorDtoSchema } from "@/lib/tenancy/second-factor/contract";
import { api } from "../http/api";
import { useFailureToast } from "../http/failure-toast";
import { Loaded } from "../http/loaded";
import { useTenant } from "../http/tenant-context";
import { Button } from "../ui/button";
import { Card, CardBody, CardHeader, CardTitle } from "../ui/card";
import { Label } from "../ui/form-field";
import { Severity } from "../ui/severity";
import { Switch } from "../ui/switch";
import { ActionsTh, Table, Td, Th, Tr } from "../ui/table";
import { useToast } from "../ui/toast";
import { tenantDemandQuery } from "./queries";

/** Which roles of a tenant need a second factor, and who has one. */
export function TenantDemand() {
  const query = useQuery(tenantDemandQuery(useTenant()));
  return (
    <Loaded query={query} rows={4}>
      {(data) => (
        <div className="grid gap-4">
          <Roles data={data} />
          <Members data={data} />
        </div>
      )}
    </Loaded>
  );
}

function Roles({ data }: { data: TenantSecondFactorDto }) {
  const t = useTranslations("second-factor.demand");
  const role = useTranslations("tenant.roles");
  const tenant = useTenant();
  const client = useQueryClient();
  const { queryKey } = tenantDemandQuery(tenant);
  const save = useMutation({
    mutationFn: (roles: readonly Role[]) =>
      api(tenant.endpoint("second-factor"), { method: "PUT", body: { roles }, schema: tenantSecondFactorDtoSchema }),
    onSuccess: (saved) => client.setQueryData(queryKey, saved),
    onError: useFailureToast(),
  });
  const toggle = (name: Role, on: boolean) =>
    save.mutate(on ? [...data.roles, name] : data.roles.filter((known) => known !== name));
  return (
    <Card>
      <CardHeader>
        <CardTitle>{t("title")}</CardTitle>
        <p className="text-12 text-muted">{t("lead")}</p>
      </CardHeader>
      <CardBody className="grid gap-3">
        {ROLES.map((name) => (
          <div key={name} className="flex items-center gap-2">
            <Switch
              id={`demand-${name}`}
              checked={data.roles.includes(name)}
              disabled={save.isPending}
              onCheckedChange={(on) => toggle(name, on)}
            />
            <Label htmlFor={`demand-${name}`}>{role(name)}</Label>
          </div>
        ))}
        <p className="text-12 text-muted">{t("tokens")}</p>
      </CardBody>
    </Card>
  );
}

function Members({ data }: { data: TenantSecondFactorDto }) {
  const t = useTranslations("second-factor.demand");
  const role = useTranslations("tenant.roles");
  const tenant = useTenant();
  const client = useQueryClient();
  const { toast } = useToast();
  const reset = useMutation({
    mutationFn: ({ id }: { id: string; name: string }) =>
      api(tenant.endpoint(`members/${id}/second-factor`), { method: "DELETE" }),
    onSuccess: (_, { name }) => toast({ title: t("wasReset", { name }) }),
    onError: useFailureToast(),
    onSettled: () => client.invalidateQueries({ queryKey: tenantDemandQuery(tenant).queryKey }),
  });
  return (
    <Card>
      <CardHeader>
        <CardTitle>{t("members")}</CardTitle>
        <p className="text-12 text-muted">{t("membersText")}</p>
      </CardHeader>
      <Table label={t("members")}>
        <thead>
          <tr>
            <Th>{t("name")}</Th>
            <Th>{t("role")}</Th>
            <Th>{t("factor")}</Th>
            <ActionsTh>{t("actions")}</ActionsTh>
          </tr>
        </thead>
        <tbody>
          {data.members.map(({ id, name, email, role: theirs, has, mayReset }) => (
            <Tr key={id}>
              <Td>
                {name} <span className="text-muted">{email}</span>
              </Td>
              <Td>{role(theirs)}</Td>
              <Td>
                {has ? (
                  <Severity level="success">{t("has")}</Severity>
                ) : (
                  <Severity level={data.roles.includes(theirs) ? "warning" : "neutral"}>{t("hasNot")}</Severity>
                )}
              </Td>
              <Td numeric>
                {mayReset ? (
                  <Button
                    size="sm"
                    pending={reset.isPending && reset.variables.id === id}
                    onClick={() => reset.mutate({ id, name })}
                    aria-label={t("resetNamed", { name })}
                  >
                    {t("reset")}
                  </Button>
                ) : null}
              </Td>
            </Tr>
          ))}
        </tbody>
      </Table>
    </Card>
  );
}
