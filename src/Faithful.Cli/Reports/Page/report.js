"use strict";
// Draws the charts of the page as SVG. Their colours are variables of the style sheet, so that light, dark and paper need no second drawing.
{
  const text = { labelColor: "var(--soft)", titleColor: "var(--soft)", labelFontSize: 12, titleFontSize: 12, titleFontWeight: 500 };
  const ramp = ["rgba(37, 99, 201, 0.05)", "rgba(37, 99, 201, 1)"];
  const config = {
    background: null,
    font: getComputedStyle(document.body).fontFamily,
    padding: 2,
    view: { stroke: null },
    axis: { ...text, domainColor: "var(--edge)", tickColor: "var(--edge)", gridColor: "var(--grid)", labelOverlap: "greedy" },
    axisQuantitative: { labelFlush: false, tickCount: 6 },
    legend: { ...text, orient: "top", gradientLength: 160, gradientThickness: 12, gradientStrokeColor: "var(--edge)", gradientStrokeWidth: 1, symbolStrokeWidth: 2, titleLimit: 320, labelLimit: 320 },
    header: text,
    title: { color: "var(--ink)", fontSize: 13, anchor: "start" },
    mark: { color: "var(--accent)" },
    rule: { color: "var(--soft)" },
    text: { color: "var(--ink)", fontSize: 12 },
    range: {
      category: ["var(--accent)", "var(--second)", "#2f9e6e", "#a855c7", "#c99a17", "#d1476a", "#3aa3b8", "#7b8494"],
      ramp,
      heatmap: ramp,
    },
  };
  const options = {
    mode: "vega-lite",
    renderer: "svg",
    actions: false,
    defaultStyle: false,
    ast: true, // expressions are interpreted: the page's policy allows no code made of text
    config,
    tooltip: { disableDefaultStyle: true },
  };

  const draw = async (figure) => {
    const place = figure.querySelector(".chart");
    const specification = JSON.parse(figure.querySelector("script").textContent);
    if (specification.width === undefined && (specification.mark !== undefined || specification.layer !== undefined)) {
      specification.width = "container";
      specification.autosize ??= { type: "fit-x", contains: "padding" };
    }
    specification.description ??= figure.querySelector("figcaption").textContent;
    try {
      await vegaEmbed(place, specification, options);
    } catch (fault) {
      place.textContent = `This chart cannot be drawn: ${fault.message}`;
      console.error(fault);
    }
  };

  const figures = [...document.querySelectorAll("figure")];
  Promise.all(figures.map(draw)).then(() => { document.documentElement.dataset.charts = String(document.querySelectorAll(".chart svg").length); });
}
