// The preview beside the form, in the site's own styles: roughly the page, while the site's preview shows it exactly.

const { createClass, h } = window;

const day = (text) => (text ?? "").replace(/^(\d{4})-(\d{2})-(\d{2}).*$/, "$3/$2/$1");

export const Preview = createClass({
  render() {
    const { entry, getAsset, widgetFor } = this.props;
    const value = (...path) => entry.getIn(["data", ...path]);
    const cover = value("cover", "image");
    const facts = [["Số, ký hiệu", value("document_number")], ["Ngày ban hành", day(value("issued_on"))], ["Trích yếu", value("subject")]];
    return h("main", { className: "cds-reading", style: { padding: "1rem 1.25rem" } },
      h("article", { className: "cds-article" },
        h("header", { className: "cds-article__header" },
          h("h1", { className: "cds-article__title" }, value("title") || "Chưa có tên"),
          value("date") && h("p", { className: "cds-article__meta" }, day(value("date"))),
          h("p", { className: "cds-article__summary" }, value("summary"))),
        cover && h("figure", { className: "cds-picture" }, h("img", { src: String(getAsset(cover)), alt: value("cover", "alt") ?? "", style: { maxWidth: "100%" } }),
          value("cover", "caption") && h("figcaption", {}, value("cover", "caption"))),
        facts.some(([, told]) => told) && h("dl", { className: "cds-facts" },
          ...facts.filter(([, told]) => told).flatMap(([name, told]) => [h("dt", { key: name }, name), h("dd", { key: `${name}-` }, told)])),
        h("div", { className: "cds-body" }, widgetFor("body"))));
  },
});
