/* The page /verify/: compares dropped files with the list of the bundle they come from.
   A classic script, because modules do not load from file://. Says everything as text, never as HTML. */
(function () {
  "use strict";

  var UNSAFE = /(^|\/)\.{0,2}(\/|$)|[\\:*?"<>|\x00-\x1f\x7f]/; // as UNSAFE in generator/manifest.py
  var HIGHEST_RATIO = 100; // as in generator/verify.py
  var BATCH = 20000000; // bytes unpacked at a time, so that the page stays alive
  var MARKS = { good: "✓ ", bad: "✕ " }; // never by colour alone
  var SIGNATURE = "SHA256SUMS.minisig";

  var byId = function (id) { return document.getElementById(id); };
  var verdict = byId("verify-verdict");
  var list = byId("verify-list");

  async function hash(bytes) {
    if (!(window.crypto && crypto.subtle)) return sha256(bytes); // plain http
    var digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
    return Array.from(digest, function (b) { return b.toString(16).padStart(2, "0"); }).join("");
  }

  /* ---- what was dropped, as a list of {path, size, hash or text} ---- */

  async function fromFile(file, path) {
    var bytes = new Uint8Array(await file.arrayBuffer());
    return described(path, bytes);
  }

  async function described(path, bytes) {
    var name = path.split("/").pop();
    var small = name === "manifest.json" || name === "SHA256SUMS";
    return {
      path: path,
      size: bytes.length,
      hash: await hash(bytes),
      text: small ? new TextDecoder().decode(bytes) : "",
    };
  }

  async function fromZip(file) {
    var packed = new Uint8Array(await file.arrayBuffer());
    var inside = [];
    fflate.unzipSync(packed, { filter: function (f) { inside.push(f); return false; } });
    inside = inside.filter(function (f) { return !f.name.endsWith("/"); });
    var unpacked = inside.reduce(function (sum, f) { return sum + f.originalSize; }, 0);
    if (unpacked > HIGHEST_RATIO * packed.length) throw new Error("压缩炸弹");
    var files = [];
    while (files.length < inside.length) {
      var wanted = new Set();
      for (var i = files.length, size = 0; i < inside.length && size < BATCH; i++) {
        if (wanted.has(inside[i].name)) break; // a name that stands twice
        wanted.add(inside[i].name);
        size += inside[i].originalSize;
      }
      var batch = inside.slice(files.length, files.length + wanted.size);
      var place = -1;
      var got = fflate.unzipSync(packed, { filter: function (f) {
        if (!f.name.endsWith("/")) place++;
        return !f.name.endsWith("/") && place >= files.length && place < files.length + batch.length;
      } });
      var base = files.length;
      for (var k = 0; k < batch.length; k++) files[base + k] = await described(batch[k].name, got[batch[k].name]);
      say("正在核对：" + files.length + " / " + inside.length);
    }
    return files;
  }

  /* ---- comparing ---- */

  function belowTop(files) {
    var tops = new Set(files.map(function (f) { return f.path.split("/")[0]; }));
    var nested = tops.size === 1 && files.every(function (f) { return f.path.includes("/"); });
    return !nested ? files : files.map(function (f) {
      return Object.assign({}, f, { path: f.path.slice(f.path.indexOf("/") + 1) });
    });
  }

  function compare(files, manifestFile) {
    var problems = [];
    var manifest = JSON.parse(manifestFile.text);
    var seen = new Map();
    files.forEach(function (f) {
      if (UNSAFE.test(f.path)) problems.push([f.path, "名称会写到别处"]);
      if (seen.has(f.path)) problems.push([f.path, "出现多次"]);
      seen.set(f.path, f);
    });
    var sums = [manifestFile.hash + "  manifest.json"];
    manifest.files.forEach(function (entry) {
      var file = seen.get(entry.path);
      if (!file) problems.push([entry.path, "缺少"]);
      else if (file.hash !== entry.sha256 || file.size !== entry.bytes) problems.push([entry.path, "被改动过"]);
      sums.push(entry.sha256 + "  " + entry.path);
      seen.delete(entry.path);
    });
    var theirs = seen.get("SHA256SUMS");
    var agree = theirs && theirs.text.split("\n").filter(Boolean).sort().join("\n") === sums.sort().join("\n");
    if (!agree) problems.push(["SHA256SUMS", "与 manifest.json 不一致"]);
    ["manifest.json", "SHA256SUMS", SIGNATURE].forEach(function (own) { seen.delete(own); });
    seen.forEach(function (_, path) { problems.push([path, "是清单里没有的"]); });
    return { release: manifest.release, count: manifest.files.length, problems: problems };
  }

  function report(found, signed) {
    found.problems.forEach(function (p) { add(p[0] + "：" + p[1]); });
    var edition = found.release.publisher + "，" + found.release.date + "，数据版本 " + found.release.data_version;
    if (found.problems.length) {
      say("不可信：" + found.problems.length + " 处与清单不符。请向发布单位重新索取。", "bad");
    } else {
      say(found.count + " 个文件都与清单一致（" + edition + "）。"
        + (signed ? "有签名，本页不核对签名，见下。" : "没有签名，清单本身是谁写的无从证明。"), "good");
    }
  }

  function lookUp(files) {
    var known = window.knownFiles || {};
    var unknown = 0;
    files.forEach(function (f) {
      var path = Object.keys(known).find(function (name) { return known[name] === f.hash; });
      if (!path) unknown++;
      add(f.path + "：" + (path ? "与 " + path + " 一字不差" : "不在本站的清单里，或被改动过") + "（SHA-256 " + f.hash + "）");
    });
    say(unknown ? unknown + " 个文件与清单不符" : "都与清单一致", unknown ? "bad" : "good");
  }

  async function check(files) {
    list.replaceChildren();
    if (!files.length) return say("没有文件可以核对。"); // nothing was chosen, or a text was dropped
    say("正在核对……");
    try {
      var zips = files.length === 1 && /\.zip$/i.test(files[0].file.name);
      var read = [];
      if (zips) read = await fromZip(files[0].file);
      else for (var f of files) read.push(await fromFile(f.file, f.path));
      var below = belowTop(read);
      var manifest = below.find(function (f) { return f.path === "manifest.json"; });
      if (manifest) report(compare(below, manifest), below.some(function (f) { return f.path === SIGNATURE; }));
      else if (zips) say("这个压缩包里没有 manifest.json，不是离线包。", "bad");
      else lookUp(read);
    } catch (error) {
      say("读不了：不是完好的离线包（" + error.message + "）", "bad");
    }
  }

  /* ---- the page ---- */

  function say(text, state) {
    verdict.textContent = (MARKS[state] || "") + text;
    verdict.dataset.state = state || "";
  }

  function add(text) {
    var item = document.createElement("li");
    item.textContent = text;
    list.append(item);
  }

  async function walk(entry, into) {
    if (entry.isFile) {
      var file = await new Promise(function (done, failed) { entry.file(done, failed); });
      into.push({ file: file, path: entry.fullPath.slice(1) });
      return;
    }
    var reader = entry.createReader();
    for (;;) { // a reader gives at most 100 entries at a time
      var some = await new Promise(function (done, failed) { reader.readEntries(done, failed); });
      if (!some.length) return;
      for (var inner of some) await walk(inner, into);
    }
  }

  function chosen(input) {
    check(Array.from(input.files, function (file) { return { file: file, path: file.webkitRelativePath || file.name }; }));
  }

  // not in the HTML standard, so it is not in the page
  document.getElementById("verify-folder").webkitdirectory = true;
  ["verify-files", "verify-folder"].forEach(function (id) {
    byId(id).addEventListener("change", function () { chosen(this); });
  });
  function over(is) { byId("verify").classList.toggle("verify--over", is); }
  document.addEventListener("dragover", function (event) { event.preventDefault(); over(true); });
  document.addEventListener("dragleave", function () { over(false); });
  document.addEventListener("drop", async function (event) {
    event.preventDefault();
    over(false);
    var loose = Array.from(event.dataTransfer.files, function (file) { return { file: file, path: file.name }; });
    var entries = Array.from(event.dataTransfer.items, function (item) { return item.webkitGetAsEntry(); });
    var files = [];
    for (var entry of entries.filter(Boolean)) await walk(entry, files);
    check(files.length ? files : loose);
  });
  byId("verify").hidden = false;
})();
