"use client";

import { Trash2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { useId, useState } from "react";
import { Button } from "../ui/button";
import { FormField } from "../ui/form-field";
import { Input } from "../ui/input";
import { Select } from "../ui/select";

export type ReplicaFieldsProps = {
  prefix: string;
  number: number;
  problems: ReadonlyMap<string, string>;
  problemPath: string;
  onRemove: (() => void) | undefined;
};

export function ReplicaFields({ prefix, number, problems, problemPath, onRemove }: ReplicaFieldsProps) {
  const t = useTranslations("platform.targets");
  const id = useId();
  const [auth, setAuth] = useState("none");
  const problem = (key: string) => problems.get(`${problemPath}.${key}`);
  return (
    <fieldset className="grid gap-3 rounded-md border p-3">
      <legend className="flex items-center gap-2 px-1 font-medium">
        {t("replica", { number })}
        {onRemove ? (
          <Button variant="quiet" size="icon-sm" aria-label={t("removeReplica", { number })} onClick={onRemove}>
            <Trash2 aria-hidden />
          </Button>
        ) : null}
      </legend>
      <FormField id={`${id}-url`} label={t("url")} error={problem("url")}>
        {(control) => (
          <Input {...control} mono name={`${prefix}.url`} placeholder="http://alertmanager-0:9093" autoComplete="off" />
        )}
      </FormField>
      <FormField id={`${id}-path`} label={t("path")} error={problem("configPath")}>
        {(control) => (
          <Input
            {...control}
            mono
            name={`${prefix}.configPath`}
            placeholder="/etc/alertmanager/alertmanager.yml"
            autoComplete="off"
          />
        )}
      </FormField>
      <FormField id={`${id}-auth`} label={t("auth")} hint={auth === "none" ? undefined : t("secretHint")}>
        {(control) => (
          <Select {...control} name={`${prefix}.auth`} value={auth} onChange={(event) => setAuth(event.target.value)}>
            <option value="none">{t("authNone")}</option>
            <option value="basic">{t("authBasic")}</option>
            <option value="bearer">{t("authBearer")}</option>
          </Select>
        )}
      </FormField>
      {auth === "basic" ? (
        <div className="grid gap-3 sm:grid-cols-2">
          <FormField id={`${id}-user`} label={t("username")} error={problem("auth.username")}>
            {(control) => <Input {...control} name={`${prefix}.username`} autoComplete="off" />}
          </FormField>
          <FormField id={`${id}-password`} label={t("password")} error={problem("auth.password")}>
            {(control) => (
              <Input {...control} type="password" name={`${prefix}.password`} autoComplete="new-password" />
            )}
          </FormField>
        </div>
      ) : null}
      {auth === "bearer" ? (
        <FormField id={`${id}-token`} label={t("token")} error={problem("auth.token")}>
          {(control) => <Input {...control} type="password" name={`${prefix}.token`} autoComplete="off" />}
        </FormField>
      ) : null}
    </fieldset>
  );
}
