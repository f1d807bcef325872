// Takes HTML of our own renderer into the page. The renderer writes nothing else than this list allows; that the list is
// applied here once more keeps out what somebody may have put into the browser's store.
const TAGS = new Set(
  ("a article b blockquote br button caption dd div dl dt em figcaption figure h2 h3 h4 li mark nav ol p section span strong svg " +
    "table tbody td th thead tr ul use").split(" "),
);
const ATTRIBUTES = new Set(["class", "hidden", "href", "id", "lang", "role", "scope", "tabindex", "type"]);
const OWN_ADDRESS = /^(\/(?![/\\])[^\s\\]*|#[^\s\\]*)$/;
const OWN_ICON = /^\/ui\/icons\.svg#[a-z]+$/;

const isAllowed = (element, { name, value }) => {
  if (name === "href") return (element.localName === "use" ? OWN_ICON : OWN_ADDRESS).test(value);
  return ATTRIBUTES.has(name) || /^(aria|data)-[a-z-]+$/.test(name);
};

const clean = (parent) => {
  for (const element of [...parent.children]) {
    if (!TAGS.has(element.localName)) {
      element.replaceWith(element.textContent);
      continue;
    }
    for (const attribute of [...element.attributes]) {
      if (!isAllowed(element, attribute)) element.removeAttribute(attribute.name);
    }
    clean(element);
  }
};

/** A fragment whose ids are unique in the page: `prefix` goes before each of them. */
export const parse = (html, prefix = "") => {
  const { body } = new DOMParser().parseFromString(html, "text/html");
  clean(body);
  if (prefix) {
    for (const element of body.querySelectorAll("[id]")) element.id = prefix + element.id;
    for (const element of body.querySelectorAll("[aria-controls]")) {
      element.setAttribute("aria-controls", prefix + element.getAttribute("aria-controls"));
    }
  }
  const fragment = document.createDocumentFragment();
  fragment.append(...body.childNodes);
  return fragment;
};
