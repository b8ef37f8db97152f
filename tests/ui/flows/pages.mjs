// The pages beside the review: alignments, statements, report, start.
import assert from "node:assert/strict";
import { currentPlace, flow, isSeen, press, said, seenRows, until } from "../harness.mjs";

flow("files that are dropped are aligned", { any: true }, async (world) => {
  const page = await world.open("#/start");
  await page.evaluate(() => {
    const data = new DataTransfer();
    data.items.add(new File(["Hello. Goodbye, Mr. Peña."], "b.en.txt", { type: "text/plain" }));
    data.items.add(new File(["Hola. Adiós, Sr. Peña."], "b.es.txt", { type: "text/plain" }));
    document.querySelector(".drop").dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
  });
  await until(
    () => page.textContent(".aligned tbody"),
    (text) => /Hola.*Hello/s.test(text),
  );
  assert.ok(await isSeen(page, ".aligned tbody td.text"));
});

flow("beads: keys, the path and its jump, and a bead that is accepted", {}, async (world) => {
  const page = await world.open("#/align");
  await page.click(".lines a >> nth=0");
  await until(
    () => seenRows(page),
    (rows) => rows.length >= 6,
  );
  assert.ok(
    await page.evaluate(() => {
      const canvas = document.querySelector("canvas");
      const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
      let inked = 0;
      for (let k = 3; k < data.length; k += 4) if (data[k]) inked++;
      return inked > 500;
    }),
  );
  await press(page, "n");
  await until(() => currentPlace(page), 11);
  await press(page, "ArrowRight", "ArrowRight");
  await until(
    () => said(page),
    (text) => /^Traducción/.test(text),
  );
  const text = () => page.textContent(".align .detail");
  assert.doesNotMatch(await text(), /agrupación aceptada/i);
  await press(page, "a");
  await until(text, (now) => /agrupación aceptada/i.test(now));
  assert.match(await said(page), /aceptad/i);
  await press(page, "u");
  await until(text, (now) => !/agrupación aceptada/i.test(now));
  await page.click("canvas", { position: { x: 100, y: 250 } });
  await until(
    () => currentPlace(page),
    (place) => place > 200 && place < 700,
  );
  assert.match(page.url(), /bead=\d{3}/);
  await until(
    () => seenRows(page),
    (rows) => rows.length >= 6,
  );
  await press(page, "End");
  await until(() => currentPlace(page), 900);
});

flow("a statement shows every outlet's words against the reference, and who stands apart", {}, async (world) => {
  const page = await world.open("#/statements");
  await until(() => page.locator(".outlets tbody tr").count(), 4);
  assert.match(await page.textContent("tr.outlier"), /Paper B.*never.*missing here/s);
  assert.ok(await isSeen(page, "tr.outlier .why"));
  await page.fill(".list-pane input", "otro");
  await until(() => page.locator(".statement-list li").count(), 1);
  await page.click(".statement-list a");
  await until(() => page.textContent(".statement h2"), "Otro orador");
  assert.match(page.url(), /statements\/dos/);
});

flow("the report has its data behind every chart, and leads to the units", {}, async (world) => {
  const page = await world.open("#/report");
  await until(() => page.locator("figure.card").count(), 5);
  assert.equal(await page.locator("figure.card details").count(), 5);
  await page.click("figure.card summary >> nth=0");
  assert.ok(await isSeen(page, "figure.card table"));
  await page.click(".bar-row a:has-text('negación')");
  await until(
    () => page.url(),
    (url) => url.includes("check=negation"),
  );
});

flow("two files are shown aligned, Spanish first, and a folder's files are paired", {}, async (world) => {
  const page = await world.open("#/start");
  const file = (name, text) => ({ name, mimeType: "text/plain", buffer: Buffer.from(text) });
  await page.setInputFiles("#files", [
    file("speech.en.txt", "One.\nTwo <img src=x onerror='window.hacked=1'>.\n"),
    file("discurso.es.txt", "Uno.\nDos.\nTres.\n"),
  ]);
  await until(() => page.locator(".aligned tbody tr").count(), 3);
  assert.match(await page.textContent(".aligned tbody tr"), /Uno\.\s*One\./s);
  assert.equal(await page.evaluate(() => globalThis.hacked), undefined);
  await page.setInputFiles("#files", [
    file("a.es.txt", "Uno."),
    file("a.en.txt", "One."),
    file("b.es.txt", "Dos."),
    file("b.en.txt", "Two."),
    file("readme.md", "x"),
  ]);
  await until(() => page.locator(".pairs li").count(), 2);
  await page.click(".pairs button >> nth=1");
  await until(
    () => page.textContent(".aligned tbody tr"),
    (text) => /Dos\..*Two\./s.test(text),
  );
});
