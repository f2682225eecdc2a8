import type { Flavour } from "./markdown-inline";

const COMMON: Flavour["styles"] = [
  ["**", "bold"],
  ["__", "bold"],
  ["*", "italic"],
  ["_", "italic"],
];
const STRIKE: Flavour["styles"] = [["~~", "strike"]];

export const MATTERMOST: Flavour = {
  styles: [...COMMON, ...STRIKE],
  breaks: true,
  headings: true,
  code: true,
  quotes: true,
  images: true,
  emoji: true,
  mentions: /^@[a-z0-9][a-z0-9._-]*/i,
};

export const ROCKETCHAT: Flavour = {
  styles: [
    ["**", "bold"],
    ["__", "italic"],
    ["~~", "strike"],
    ["*", "bold"],
    ["_", "italic"],
    ["~", "strike"],
  ],
  breaks: true,
  headings: true,
  code: true,
  quotes: true,
  images: true,
  emoji: true,
  mentions: /^@[a-z0-9][a-z0-9._-]*/i,
  slackLinks: true,
};

export const DISCORD: Flavour = {
  styles: [
    ["**", "bold"],
    ["__", "underline"],
    ["||", "spoiler"],
    ["~~", "strike"],
    ["*", "italic"],
    ["_", "italic"],
  ],
  breaks: true,
  headings: true,
  code: true,
  quotes: true,
  images: false,
  emoji: false,
  mentions: /^@(?:everyone|here)\b/,
};

/** Cards of connectors. */
export const MESSAGE_CARD: Flavour = {
  styles: [...COMMON, ...STRIKE],
  breaks: false,
  headings: true,
  code: true,
  quotes: true,
  images: true,
  emoji: false,
};

/** A text block of an Adaptive Card knows bold, italic, lists and links, and nothing else. */
export const ADAPTIVE_CARD: Flavour = {
  styles: COMMON,
  breaks: false,
  headings: false,
  code: false,
  quotes: false,
  images: false,
  emoji: false,
};

export const WEBEX: Flavour = {
  styles: COMMON,
  breaks: false,
  headings: true,
  code: true,
  quotes: true,
  images: false,
  emoji: false,
};

/** Messages of WeChat Work: headings, bold, links, code, quotes. */
export const WECHAT: Flavour = {
  styles: [["**", "bold"]],
  breaks: true,
  headings: true,
  code: true,
  quotes: true,
  images: false,
  emoji: false,
};
