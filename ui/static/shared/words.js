// What the script says, in the language of the page.
const words = JSON.parse(document.body.dataset.words);

export const language = words.language;
export const longest = words.longest;
export const word = (key, fields = {}) =>
  words[key].replace(/\$(\w+)/g, (whole, name) => (name in fields ? String(fields[name]) : whole));
