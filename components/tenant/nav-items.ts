import {
  Bell,
  Braces,
  Clock,
  FlaskConical,
  GitPullRequestArrow,
  History,
  House,
  type LucideIcon,
  Network,
  ScrollText,
  Server,
  Settings2,
  Siren,
  SlidersHorizontal,
  VolumeOff,
} from "lucide-react";
import type { Permission } from "@/lib/tenancy/contract";

export type NavItem = {
  /** Key of `tenant.nav`, and of the counts. */
  name: string;
  path: string;
  icon: LucideIcon;
  /** `g` and this letter lead there. */
  letter: string;
  permission: Permission;
};

const view: Permission = "configuration:view";

export const NAV_GROUPS: readonly (readonly NavItem[])[] = [
  [{ name: "overview", path: "", icon: House, letter: "h", permission: view }],
  [
    { name: "receivers", path: "receivers", icon: Bell, letter: "r", permission: view },
    { name: "routes", path: "routes", icon: Network, letter: "o", permission: view },
    { name: "tester", path: "tester", icon: FlaskConical, letter: "x", permission: view },
    { name: "inhibitRules", path: "inhibit-rules", icon: VolumeOff, letter: "i", permission: view },
    { name: "timeIntervals", path: "time-intervals", icon: Clock, letter: "t", permission: view },
    { name: "templates", path: "templates", icon: Braces, letter: "m", permission: view },
    { name: "global", path: "global", icon: SlidersHorizontal, letter: "l", permission: view },
  ],
  [
    { name: "changes", path: "changes", icon: GitPullRequestArrow, letter: "c", permission: view },
    { name: "revisions", path: "revisions", icon: History, letter: "v", permission: view },
    { name: "targets", path: "targets", icon: Server, letter: "p", permission: "targets:view" },
  ],
  [
    { name: "alerts", path: "alerts", icon: Siren, letter: "e", permission: view },
    { name: "audit", path: "audit", icon: ScrollText, letter: "a", permission: "audit:view" },
    { name: "settings", path: "settings", icon: Settings2, letter: "s", permission: "members:view" },
  ],
];

export const NAV_ITEMS: readonly NavItem[] = NAV_GROUPS.flat();

/** The item whose page the address shows, or lies below. */
export function currentItem(pathname: string, slug: string): NavItem | undefined {
  const segment = pathname.slice(slug.length + 2).split("/")[0] ?? "";
  return NAV_ITEMS.find((item) => item.path === segment);
}
