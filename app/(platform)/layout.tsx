import type { ReactNode } from "react";
import { PlainShell } from "@/components/tenant/plain-shell";

/** Pages that belong to no tenant: the operators' and one's own account. */
export default function PlatformLayout({ children }: { children: ReactNode }) {
  return <PlainShell signedIn>{children}</PlainShell>;
}
