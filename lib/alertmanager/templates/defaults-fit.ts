import type { TemplateFile } from "../config/types";
import { fromBytes } from "../go/bytes";
import { PROFILE_IDS, profileFor, type TargetProfile } from "../profiles";
import { defaultTemplates } from "./defaults";
import { executeTemplate } from "./engine";
import type { TemplateData } from "./model";
import { parseTemplates, type TemplateProblem, type TemplateSet } from "./template-set";

/** How files of an Alertmanager installation compare with what a profile's version is known to bring. */
export interface DefaultsFit {
  /** All below is empty, and the page is there. */
  fits: boolean;
  /** Files that do not parse for this version. */
  problems: readonly TemplateProblem[];
  /** Whether the files define `email.default.html`, for which they are needed. */
  page: boolean;
  /** Short templates of the version that the files lack. */
  missing: readonly string[];
  /** Short templates that the files answer otherwise. */
  differing: readonly string[];
  /** Short templates that only other versions have. */
  unexpected: readonly string[];
}

const PAGE = "email.default.html";
const PAGE_FILE = "email.tmpl";

/** The page is on record for 0.28, 0.33 and 0.34, and was the same; 0.25 has another one. */
const SAME_PAGE_SINCE = "0.28";

const LABELS = { alertname: "High & low", cluster: "eu <1>", instance: 'a"b', severity: "critical", team: "größe" };
const ANNOTATIONS = { description: "line 1\nline 2", summary: "it's <b>late</b>" };
const ALERT = {
  ...{ labels: LABELS, annotations: ANNOTATIONS, generatorURL: "http://prom:9090/graph?g0.expr=a%3E1&x=y" },
  ...{ startsAt: "2024-03-01T10:00:00Z", fingerprint: "0123456789abcdef" },
};
const FIRING = { ...ALERT, status: "firing", endsAt: "0001-01-01T00:00:00Z" };
const RESOLVED = {
  ...ALERT,
  labels: { alertname: "B", severity: "warning" },
  status: "resolved",
  endsAt: ALERT.startsAt,
};
const ABOUT = { receiver: "team/x y", externalURL: "http://am.example:9093", groupLabels: { alertname: "High & low" } };

/** What short templates are tried on: firing, resolved, both, and next to nothing. */
const SAMPLES: readonly TemplateData[] = [
  { ...ABOUT, status: "firing", alerts: [FIRING, FIRING], commonLabels: LABELS, commonAnnotations: ANNOTATIONS },
  { ...ABOUT, status: "resolved", alerts: [RESOLVED], commonLabels: RESOLVED.labels, commonAnnotations: ANNOTATIONS },
  { ...ABOUT, status: "firing", alerts: [RESOLVED, FIRING], commonLabels: {}, commonAnnotations: {} },
  { ...ABOUT, status: "firing", alerts: [], groupLabels: {}, commonLabels: {}, commonAnnotations: {} },
];

/**
 * Whether files (`default.tmpl`, `email.tmpl`) are those of the profile's version: they parse, define the page of mails,
 * and answer every short default template, on alerts of all kinds, as that version is known to.
 *
 * Two versions whose short templates are alike cannot be told apart by this.
 */
export function judgeDefaults(files: readonly TemplateFile[], profile: TargetProfile): DefaultsFit {
  const compared = compareNames(files, profile);
  const { ours, theirs, common, ...told } = compared;
  const differing = common.filter((name) => !answerAlike(name, ours, theirs));
  return { ...told, differing, fits: namesFit(compared) && differing.length === 0 };
}

/**
 * What files that lie somewhere without a version are good for: all of them where they fit the profile, their page
 * beside our own short templates where the page is known to be the same in both versions, else nothing (null).
 */
export function defaultsFor(files: readonly TemplateFile[], profile: TargetProfile): readonly TemplateFile[] | null {
  if (areOf(files, profile)) return files;
  if (!profile.reaches(SAME_PAGE_SINCE)) return null;
  const others = PROFILE_IDS.map(profileFor).filter((other) => other.reaches(SAME_PAGE_SINCE));
  if (!others.some((other) => areOf(files, other))) return null;
  // An empty definition replaces nothing, so what comes last must be all there is of the short ones.
  return [...files.filter(({ name }) => name === PAGE_FILE), ...defaultTemplates(profile)];
}

/** As `judgeDefaults`, and quick where the answer is no: this is asked for every version. */
function areOf(files: readonly TemplateFile[], profile: TargetProfile): boolean {
  const compared = compareNames(files, profile);
  return namesFit(compared) && compared.common.every((name) => answerAlike(name, compared.ours, compared.theirs));
}

function compareNames(files: readonly TemplateFile[], profile: TargetProfile) {
  const { set: theirs, diagnostics: problems } = parseTemplates([], profile, { defaults: files });
  const ours = parseTemplates([], profile).set;
  const [known, given] = [shortNames(ours), shortNames(theirs)];
  const page = namesOf(theirs).has(PAGE);
  const missing = [...known].filter((name) => !given.has(name));
  const common = [...known].filter((name) => given.has(name));
  const unexpected = [...given].filter((name) => !known.has(name) && isOfAnotherVersion(name, profile));
  return { ours, theirs, problems, page, missing, common, unexpected };
}

function namesFit({ problems, page, missing, unexpected }: Omit<DefaultsFit, "fits" | "differing">): boolean {
  return page && [problems, missing, unexpected].every((list) => list.length === 0);
}

/** Called with all the data, and with alerts alone as lists of them are; where one fails, the other has to. */
function answerAlike(name: string, ours: TemplateSet, theirs: TemplateSet): boolean {
  const { profile } = ours;
  const texts = [".", ".Alerts"].map((dot) => `{{ template ${JSON.stringify(name)} ${dot} }}`);
  return texts.every((text) =>
    SAMPLES.every((data) => {
      const [left, right] = [ours, theirs].map((set) => executeTemplate(set, { kind: "text", text, data, profile }));
      return left!.ok ? right!.ok && left!.output === right!.output : !right!.ok;
    }),
  );
}

/** A build without an integration still brings the templates of it, and a build may bring some of its own. */
function isOfAnotherVersion(name: string, profile: TargetProfile): boolean {
  if (name.startsWith("jira.") && !profile.knowsIntegration("jira_configs")) return false;
  return PROFILE_IDS.some((id) => shortNames(parseTemplates([], profileFor(id)).set).has(name));
}

function namesOf({ trees }: TemplateSet): Set<string> {
  return new Set([...trees.keys()].map(fromBytes));
}

function shortNames(set: TemplateSet): Set<string> {
  const names = [...namesOf(set)].filter((name) => /^__|^\w+\.default\./.test(name) && name !== PAGE);
  return new Set(names);
}
