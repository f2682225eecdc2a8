"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { type FormEvent, useId } from "react";
import { MAX_TOKEN_DAYS } from "@/lib/tenancy/tokens/contract";
import { api } from "../http/api";
import { ErrorNotice } from "../http/error-notice";
import { useTenant } from "../http/tenant-context";
import { Button } from "../ui/button";
import { Card, CardBody, CardHeader, CardTitle } from "../ui/card";
import { FormField } from "../ui/form-field";
import { Input } from "../ui/input";
import { useToast } from "../ui/toast";
import { tokensQuery } from "./queries";

/** How long a token of this tenant may live. */
export function TokenPolicy({ maxDays }: { maxDays: number }) {
  const t = useTranslations("tokens.policy");
  const common = useTranslations("common");
  const tenant = useTenant();
  const client = useQueryClient();
  const { toast } = useToast();
  const id = useId();
  const save = useMutation({
    mutationFn: (days: number) => api(tenant.endpoint("tokens/policy"), { method: "PUT", body: { maxDays: days } }),
    onSuccess: () => toast({ title: common("saved") }),
    onSettled: () => client.invalidateQueries({ queryKey: tokensQuery(tenant).queryKey }),
  });
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    save.mutate(Number(new FormData(event.currentTarget).get("days")));
  };
  return (
    <Card>
      <CardHeader>
        <CardTitle>{t("title")}</CardTitle>
      </CardHeader>
      <CardBody>
        <form onSubmit={onSubmit} className="grid gap-3">
          {save.isError ? <ErrorNotice error={save.error} /> : null}
          <FormField id={id} label={t("days")} hint={t("hint")}>
            {(control) => (
              <span className="flex gap-2">
                <Input
                  {...control}
                  name="days"
                  type="number"
                  min={1}
                  max={MAX_TOKEN_DAYS}
                  required
                  defaultValue={maxDays}
                  className="w-28"
                />
                <Button type="submit" pending={save.isPending}>
                  {common("save")}
                </Button>
              </span>
            )}
          </FormField>
        </form>
      </CardBody>
    </Card>
  );
}
