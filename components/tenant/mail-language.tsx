"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useId } from "react";
import { tenantLanguageSchema } from "@/lib/tenancy/contract";
import { api } from "../http/api";
import { useFailureToast } from "../http/failure-toast";
import { Loaded } from "../http/loaded";
import { useTenant } from "../http/tenant-context";
import { Card, CardBody, CardHeader, CardTitle } from "../ui/card";
import { FormField } from "../ui/form-field";
import { Select } from "../ui/select";
import { useToast } from "../ui/toast";
import { LANGUAGES } from "./mail-choice";
import { mailLanguageQuery } from "./member-queries";

/** What mails are written in to people of whom nobody knows what they read. */
export function MailLanguageCard() {
  const t = useTranslations("people");
  const common = useTranslations("common");
  const tenant = useTenant();
  const client = useQueryClient();
  const { toast } = useToast();
  const id = useId();
  const { queryKey, ...options } = mailLanguageQuery(tenant);
  const query = useQuery({ queryKey, ...options });
  const save = useMutation({
    mutationFn: (language: string | null) =>
      api(tenant.endpoint("mail-language"), { method: "PUT", body: { language }, schema: tenantLanguageSchema }),
    onSuccess: (saved) => {
      client.setQueryData(queryKey, saved);
      toast({ title: common("saved") });
    },
    onError: useFailureToast(),
  });
  return (
    <Card>
      <CardHeader>
        <CardTitle>{t("language")}</CardTitle>
      </CardHeader>
      <Loaded query={query} className="m-4">
        {({ language }) => (
          <CardBody>
            <FormField id={id} label={t("mails.title")} hint={t("mails.hint")}>
              {(control) => (
                <Select
                  {...control}
                  value={save.isPending ? (save.variables ?? "") : (language ?? "")}
                  disabled={save.isPending || !tenant.can("tenant:settings")}
                  onChange={({ target }) => save.mutate(target.value || null)}
                >
                  <option value="">{t("mails.none")}</option>
                  {LANGUAGES.map((one) => (
                    <option key={one} value={one}>
                      {t(`languages.${one}`)}
                    </option>
                  ))}
                </Select>
              )}
            </FormField>
          </CardBody>
        )}
      </Loaded>
    </Card>
  );
}
