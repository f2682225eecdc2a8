"use client";

import type { Me } from "@/lib/tenancy/contract";
import { late } from "../ui/late";
import { LateMenu } from "../ui/late-menu";
import { Face } from "./tenant-mark";

const menu = late(async () => (await import("./account-menu-items")).AccountMenuItems);

export function AccountMenu({ me }: { me: Me }) {
  return (
    <div className="mt-auto">
      <LateMenu
        menu={menu}
        menuProps={{ me }}
        className="flex h-10 w-full shrink-0 items-center gap-2 rounded-md px-2 text-left text-soft hover:bg-hover focus-visible:-outline-offset-2"
      >
        <Face name={me.name} />
        <span className="min-w-0 truncate">{me.name}</span>
      </LateMenu>
    </div>
  );
}
