// Characters that are not seen but change what is seen: the same as on the server.
const DISGUISES =
  /[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff\u{e0000}-\u{e0fff}]/gu;

export const visible = (text) => text.replace(DISGUISES, "");
