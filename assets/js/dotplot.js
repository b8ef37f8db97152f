// The path of an alignment on a canvas: across the target, down the source. Shape and colour say the confidence; a click goes to the bead, a stroke
// chooses beads.
import { el } from "./dom.js";
import { LOW, level } from "./marks.js";
import { t } from "./i18n.js";

const MARGIN = 8;
/** A stroke that is shorter is a click, px. */
const STILL = 5;

/** The bead nearest to a place of the plot. @param {PathPoint[]} points @param {number} source @param {number} target @returns {number} its index, −1 without beads */
export function nearestBead(points, source, target) {
  let [best, distance] = [-1, Infinity];
  points.forEach(([s, t, m, n], index) => {
    const away = (s + m / 2 - source) ** 2 + (t + n / 2 - target) ** 2;
    if (away < distance) [best, distance] = [index, away];
  });
  return best;
}

/**
 * @param {(bead: number) => void} jump takes the index of a bead, from 0
 * @param {(from: number, to: number) => void} brush beads from where a stroke began to where it is now
 */
export function createDotplot(jump, brush) {
  const canvas = el("canvas", { role: "img", "aria-label": t("plot.label") });
  const caption = el("p", { class: "muted small" });
  const node = el("figure", { class: "plot" }, el("figcaption", {}, t("plot.title")), canvas, caption);
  /** @type {PathData} */
  let path = { source: 0, target: 0, points: [] };
  let current = -1;
  /** @type {{ from: number, to: number } | null} */
  let range = null;

  const draw = () => {
    const box = canvas.getBoundingClientRect();
    if (!box.width || !box.height) return;
    const density = devicePixelRatio || 1;
    canvas.width = Math.round(box.width * density);
    canvas.height = Math.round(box.height * density);
    const pen = canvas.getContext("2d");
    if (!pen) return;
    /** A token's colour in the scheme of now: only a real property resolves `light-dark()`. @param {string} name */
    const ink = (name) => {
      canvas.style.color = `var(${name})`;
      return getComputedStyle(canvas).color;
    };
    pen.scale(density, density);
    const [w, h] = [box.width - 2 * MARGIN, box.height - 2 * MARGIN];
    const x = (/** @type {number} */ at) => MARGIN + (at / Math.max(1, path.target)) * w;
    const y = (/** @type {number} */ at) => MARGIN + (at / Math.max(1, path.source)) * h;
    pen.strokeStyle = ink("--line");
    pen.strokeRect(MARGIN - 0.5, MARGIN - 0.5, w + 1, h + 1);
    const [first, last] = range ? [path.points[range.from], path.points[range.to]] : [];
    if (first && last) {
      const [top, left] = [y(first[0]), x(first[1])];
      pen.fillStyle = ink("--tint");
      pen.fillRect(MARGIN, top, w, Math.max(2, y(last[0] + last[2]) - top));
      pen.strokeStyle = ink("--accent");
      pen.strokeRect(left, top, Math.max(2, x(last[1] + last[3]) - left), Math.max(2, y(last[0] + last[2]) - top));
    }
    pen.lineWidth = 1.5;
    for (const [source, target, m, n, value, accepted] of path.points) {
      const at = level(value);
      pen.strokeStyle = pen.fillStyle = ink(`--${at === "none" ? "muted" : at}`);
      pen.beginPath();
      pen.moveTo(x(target), y(source));
      pen.lineTo(x(target + n), y(source + m));
      pen.stroke();
      const [cx, cy] = [x(target + n / 2), y(source + m / 2)];
      if (m === 0 || n === 0) {
        pen.strokeRect(cx - 2, cy - 2, 4, 4);
        continue;
      }
      if (value !== null && value < LOW) {
        pen.beginPath();
        pen.moveTo(cx - 4, cy - 3);
        pen.lineTo(cx + 4, cy - 3);
        pen.lineTo(cx, cy + 4);
        pen.fill();
      }
      if (accepted) {
        pen.strokeStyle = ink("--accent");
        pen.beginPath();
        pen.moveTo(MARGIN, cy);
        pen.lineTo(MARGIN + 6, cy);
        pen.stroke();
      }
    }
    const here = path.points[current];
    if (here) {
      const [cx, cy] = [x(here[1] + here[3] / 2), y(here[0] + here[2] / 2)];
      pen.strokeStyle = ink("--text");
      pen.lineWidth = 1;
      pen.beginPath();
      pen.moveTo(MARGIN, cy);
      pen.lineTo(MARGIN + w, cy);
      pen.moveTo(cx, MARGIN);
      pen.lineTo(cx, MARGIN + h);
      pen.globalAlpha = 0.35;
      pen.stroke();
      pen.globalAlpha = 1;
      pen.beginPath();
      pen.arc(cx, cy, 5, 0, Math.PI * 2);
      pen.lineWidth = 2;
      pen.stroke();
    }
  };

  /** The bead nearest to the pointer. @param {MouseEvent} event */
  const beadUnder = (event) => {
    const box = canvas.getBoundingClientRect();
    const source = ((event.clientY - box.top - MARGIN) / (box.height - 2 * MARGIN)) * path.source;
    const target = ((event.clientX - box.left - MARGIN) / (box.width - 2 * MARGIN)) * path.target;
    return nearestBead(path.points, source, target);
  };
  /** Where the pointer went down. @type {PointerEvent | null} */
  let down = null;
  let strokes = false;
  canvas.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    [down, strokes] = [event, false];
    canvas.setPointerCapture(event.pointerId);
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!down) return;
    strokes ||= Math.hypot(event.clientX - down.clientX, event.clientY - down.clientY) > STILL;
    const [from, to] = [beadUnder(down), beadUnder(event)];
    if (strokes && from >= 0) brush(from, to);
  });
  canvas.addEventListener("pointerup", (event) => {
    const bead = beadUnder(event);
    if (down && !strokes && bead >= 0) jump(bead);
    down = null;
  });
  canvas.addEventListener("pointercancel", () => {
    down = null;
  });
  const watch = new ResizeObserver(draw);
  watch.observe(canvas);
  addEventListener("schemechange", draw);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);

  return {
    node,
    draw,
    /** @param {PathData} next */
    show(next) {
      path = next;
      const low = next.points.filter((one) => one[4] !== null && one[4] < LOW).length;
      caption.textContent = t("plot.caption", { source: next.source, target: next.target, low });
      canvas.setAttribute("aria-label", `${t("plot.label")}. ${caption.textContent}`);
      draw();
    },
    /** @param {number} bead the current one @param {{ from: number, to: number } | null} chosen */
    mark(bead, chosen) {
      if (bead === current && chosen?.from === range?.from && chosen?.to === range?.to) return;
      [current, range] = [bead, chosen];
      draw();
    },
    left() {
      watch.disconnect();
      removeEventListener("schemechange", draw);
    },
  };
}
