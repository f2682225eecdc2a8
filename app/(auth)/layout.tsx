import type { ReactNode } from "react";
import { PlainShell } from "@/components/tenant/plain-shell";

export default function AuthLayout({ children }: { children: ReactNode }) {
  return <PlainShell narrow>{children}</PlainShell>;
}
