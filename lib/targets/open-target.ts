import type { TargetProfile } from "@/lib/alertmanager";
import type { Replica } from "./adapters/alertmanager/replica";
import type { FilePlace } from "./adapters/file/file-place";
import type { TargetKind } from "./contract";

/** One configuration file of a target, with what we put there last. */
export interface OpenPlace extends FilePlace {
  id: string;
  targetId: string;
  targetName: string;
  /** The replicas that read it; `null` for a bare file. */
  replica: string | null;
  publishedDigest: string | null;
  publishedRevision: number | null;
}

export interface OpenReplica extends Replica {
  id: string;
  targetId: string;
  targetName: string;
  placeId: string;
}

/** A target with its credentials opened: lives in memory for the length of one piece of work, and is never stored. */
export interface OpenTarget {
  id: string;
  name: string;
  kind: TargetKind;
  /** What it is known to understand: nothing else is rendered for it. */
  profile: TargetProfile;
  /** The operator's word that synthetic alerts may be posted to it. */
  allowsTestAlerts: boolean;
  places: OpenPlace[];
  replicas: OpenReplica[];
}
