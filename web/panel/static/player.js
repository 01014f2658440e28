// The recording: waveform, keys, speed, and the word that is being said.
"use strict";

const SKIP_S = 3;

// A recording that was still being made when the page was opened arrives later, once.
for (const event of ["DOMContentLoaded", "tape-arrived"])
  document.addEventListener(event, () => {
    const box = document.getElementById("player");
    if (box) ready(box);
  });

function ready(box) {
  const audio = box.querySelector("audio");
  const play = box.querySelector(".play");
  const time = box.querySelector(".time");
  const length = Number(time.dataset.length);
  let pieces = []; // what is still to be played of the wanted words: [start, end], in seconds

  const shown = (seconds) => `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;
  const toggle = () => (audio.paused ? audio.play() : audio.pause());
  const skip = (seconds) => {
    pieces = [];
    audio.currentTime = Math.max(0, Math.min(audio.currentTime + seconds, audio.duration || length));
  };

  const follow = () => {
    time.textContent = `${shown(audio.currentTime)} / ${shown(audio.duration || length)}`;
    for (const word of document.querySelectorAll(".word")) {
      const said = audio.currentTime >= Number(word.dataset.start) && audio.currentTime < Number(word.dataset.end);
      word.classList.toggle("now", said && !(audio.paused && audio.currentTime === 0));
    }
    if (pieces.length && audio.currentTime >= pieces[0][1]) {
      pieces.shift();
      if (pieces.length) audio.currentTime = pieces[0][0];
      else audio.pause();
    }
    if (!audio.paused) requestAnimationFrame(follow);
  };

  audio.addEventListener("play", () => {
    play.textContent = "❚❚ Зупинити";
    follow();
  });
  audio.addEventListener("pause", () => (play.textContent = "▶ Слухати"));
  audio.addEventListener("timeupdate", follow);
  audio.addEventListener("error", () => (box.querySelector(".problem").hidden = false));
  play.addEventListener("click", () => {
    pieces = [];
    toggle();
  });

  for (const button of box.querySelectorAll("[data-skip]"))
    button.addEventListener("click", () => skip(Number(button.dataset.skip)));
  for (const button of box.querySelectorAll("[data-speed]"))
    button.addEventListener("click", () => {
      audio.playbackRate = Number(button.dataset.speed);
      for (const other of box.querySelectorAll("[data-speed]")) other.setAttribute("aria-pressed", other === button);
    });

  // Wanted words are heard one piece after the other, and a moment around each: recognisers cut words tightly.
  document.addEventListener("words-wanted", (event) => {
    pieces = event.detail.map(([start, end]) => [Math.max(0, start - 0.15), end + 0.25]);
    audio.currentTime = pieces[0][0];
    audio.play();
  });

  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input, textarea, select, button, a, summary");
    const choosing = event.target.closest(".words"); // there the arrows choose words
    if (event.code === "Space" && (event.ctrlKey || !typing)) {
      event.preventDefault();
      pieces = [];
      toggle();
    } else if (!typing && !choosing && (event.code === "ArrowLeft" || event.code === "ArrowRight")) {
      event.preventDefault();
      skip(event.code === "ArrowLeft" ? -SKIP_S : SKIP_S);
    }
  });

  draw(box, audio);
}

// The outline comes ready from the server: the sound itself is fetched only when somebody listens.
async function draw(box, audio) {
  const answer = await fetch(box.dataset.peaks);
  if (!answer.ok) return;
  const { seconds, peaks } = await answer.json();
  if (!peaks.length) return;
  const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const wave = WaveSurfer.create({
    container: box.querySelector(".wave"),
    media: audio,
    peaks: [peaks],
    duration: seconds,
    height: 64,
    barWidth: 2,
    barGap: 1,
    waveColor: colour("--pico-muted-color"),
    progressColor: colour("--line-color"),
    cspNonce: box.closest("[data-nonce]").dataset.nonce, // of this page: a recording that arrives later brings another
  });
  // Until the sound is fetched the waveform only remembers a click.
  wave.on("interaction", (seconds) => {
    audio.currentTime = seconds;
    audio.play();
  });
}
