"use client";

import { KeyRound, Smartphone } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { Enrolled, PasskeysPossible } from "@/lib/tenancy/second-factor/contract";
import { passkeysHere } from "../http/passkey";
import { Button } from "../ui/button";
import { Notice } from "../ui/severity";
import { PasskeyEnrolment } from "./passkey-enrolment";
import { RecoveryCodes } from "./recovery-codes";
import { TotpEnrolment } from "./totp-enrolment";

/** Why there are no passkeys here, and where there would be; nothing when there are. */
export function NoPasskeys({ passkeys }: { passkeys: PasskeysPossible }) {
  const t = useTranslations("second-factor.passkey");
  const { possible, why, origin } = passkeys;
  if (possible && passkeysHere(origin)) return null;
  const reason = possible ? (window.location.origin === origin ? "browser" : "elsewhere") : (why ?? "insecure");
  return (
    <Notice level="info" title={t("notHere")}>
      {t(`why.${reason}`, { origin })}
    </Notice>
  );
}

/** Chooses a kind, sets it up, and shows the recovery codes that come with the first. */
export function Enrolment({ passkeys, onDone }: { passkeys: PasskeysPossible; onDone: () => void }) {
  const t = useTranslations("second-factor");
  const [kind, setKind] = useState<"totp" | "passkey" | null>(null);
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const onEnrolled = ({ recoveryCodes }: Enrolled) => {
    if (recoveryCodes) setCodes(recoveryCodes);
    else onDone();
  };
  if (codes) return <RecoveryCodes codes={codes} onKept={onDone} />;
  if (kind === "totp") return <TotpEnrolment onDone={onEnrolled} />;
  if (kind === "passkey") return <PasskeyEnrolment onDone={onEnrolled} />;
  const possible = passkeys.possible && passkeysHere(passkeys.origin);
  return (
    <div className="grid gap-3">
      {possible ? (
        <Button variant="primary" onClick={() => setKind("passkey")}>
          <KeyRound aria-hidden />
          {t("passkey.choose")}
        </Button>
      ) : null}
      <Button variant={possible ? "default" : "primary"} onClick={() => setKind("totp")}>
        <Smartphone aria-hidden />
        {t("totp.choose")}
      </Button>
      <NoPasskeys passkeys={passkeys} />
    </div>
  );
}
