// A page within another site's frame: reports its height to that site, first and whenever it changes.
// The height is no secret, and who may frame the page is for its policy; without this module or a listener the frame scrolls.

const root = document.documentElement;
const report = () => parent.postMessage({ type: "cds-height", height: Math.ceil(root.getBoundingClientRect().height) }, "*");

if (parent !== window) new ResizeObserver(report).observe(root);
