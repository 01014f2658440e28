// The contrast of each visible text to what is behind it, colours as the browser has them at this moment.
window.contrasts = (selector) => {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 1;
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  const colour = (text) => {
    pen.clearRect(0, 0, 1, 1);
    pen.fillStyle = text;
    pen.fillRect(0, 0, 1, 1);
    const [red, green, blue, alpha] = pen.getImageData(0, 0, 1, 1).data;
    return [red, green, blue, alpha / 255];
  };
  const over = (top, below) => [0, 1, 2].map((n) => top[n] * top[3] + below[n] * (1 - top[3])).concat(1);
  const light = (rgb) => {
    const [red, green, blue] = rgb.slice(0, 3).map((value) => {
      const part = value / 255;
      return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const line = (element) => {
    const found = [];
    for (let one = element; one; one = one.parentElement) found.unshift(getComputedStyle(one));
    return found;
  };
  const contrast = (element) => {
    const styles = line(element);
    const page = matchMedia("(prefers-color-scheme: dark)").matches ? [19, 23, 31, 1] : [255, 255, 255, 1];
    const behind = styles.reduce((below, style) => over(colour(style.backgroundColor), below), page);
    const text = colour(styles.at(-1).color);
    text[3] *= styles.reduce((opacity, style) => opacity * Number(style.opacity), 1);
    const [one, two] = [light(over(text, behind)), light(behind)];
    return (Math.max(one, two) + 0.05) / (Math.min(one, two) + 0.05);
  };
  const read = (element) =>
    element.matches("input, select, textarea") ||
    [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent.trim());
  const shown = (element) => {
    const box = element.getBoundingClientRect();
    return box.width && box.height && box.left >= 0 && getComputedStyle(element).visibility === "visible";
  };
  return [...document.body.querySelectorAll(selector)]
    .filter((element) => read(element) && shown(element) && !element.matches("button:disabled"))
    .map((element) => [`${element.tagName} ${(element.textContent || element.name).trim().slice(0, 30)}`, contrast(element)]);
};
document.addEventListener("DOMContentLoaded", () => (window.atOnce = window.contrasts("*")));
