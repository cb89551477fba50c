"""How the map layers of a profile look when they are opened: one default style a layer, for QGIS (QML) and for others (SLD)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal
from xml.sax.saxutils import escape, quoteattr

from lamplighter.reports.charts.look import AMBER, BRAND, GREY, INK, PAPER, TEAL

QGIS_VERSION = "3.28.0"


@dataclass(frozen=True, kw_only=True)
class Rule:
    """Which rows look so: all, or those whose `attribute` begins with `begins`; the last rule takes those that are left."""

    label: str
    colour: str
    attribute: str | None = None
    begins: str | None = None


@dataclass(frozen=True, kw_only=True)
class Look:
    """A layer's look. label_by: the attributes that are written beside a shape, in order. size_mm: of a point."""

    shape: Literal["fill", "marker"]
    rules: tuple[Rule, ...]
    label_by: tuple[str, ...] = ()
    mark: Literal["circle", "square"] = "circle"
    size_mm: float = 2.0

    @property
    def attributes(self) -> frozenset[str]:
        """Every attribute that the style reads: the layer has to have it."""
        return frozenset([*self.label_by, *(rule.attribute for rule in self.rules if rule.attribute)])


PLACES = Look(
    shape="fill",
    rules=(
        Rule(label="Almost certainly among the first", colour=BRAND, attribute="tier", begins="almost certainly"),
        Rule(label="Possibly among the first", colour=AMBER, attribute="tier", begins="possibly"),
        Rule(label="Less sure, or not told", colour=GREY),
    ),
    label_by=("rank", "name"),
)
PLACE_POINTS = Look(shape="marker", rules=(Rule(label="Map point of a place", colour=INK),), size_mm=1.4)
INSTITUTIONS = Look(
    shape="marker",
    rules=(Rule(label="Institution: listed apart, ranked nowhere", colour=TEAL),),
    label_by=("name",),
    mark="square",
    size_mm=2.6,
)


def qml_of(look: Look) -> str:
    """The style as QGIS keeps it."""
    rules = "".join(
        f'<rule key="{{rule-{at}}}" symbol="{at}" label={quoteattr(rule.label)}{_qml_filter(rule, look.rules)}/>'
        for at, rule in enumerate(look.rules)
    )
    symbols = "".join(_qml_symbol(look, at, rule) for at, rule in enumerate(look.rules))
    return (
        "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n"
        f'<qgis version="{QGIS_VERSION}" styleCategories="Symbology|Labeling" labelsEnabled="{int(bool(look.label_by))}">'
        '<renderer-v2 type="RuleRenderer" symbollevels="0" forceraster="0" enableorderby="0">'
        f'<rules key="{{rules}}">{rules}</rules><symbols>{symbols}</symbols></renderer-v2>'
        f"{_qml_labels(look)}<blendMode>0</blendMode><featureBlendMode>0</featureBlendMode></qgis>\n"
    )


def _qml_filter(rule: Rule, rules: Sequence[Rule]) -> str:
    if rule.attribute is None:
        return ' filter="ELSE"' if len(rules) > 1 else ""
    words = f"\"{rule.attribute}\" LIKE '{rule.begins}%'"
    return f" filter={quoteattr(words)}"


def _qml_symbol(look: Look, at: int, rule: Rule) -> str:
    colour, ring = _rgb(rule.colour), _rgb(rule.colour if look.shape == "fill" else PAPER)
    if look.shape == "fill":
        layer, told = "SimpleFill", {
            "color": f"{colour},60", "style": "solid", "outline_color": f"{ring},255", "outline_style": "solid",
            "outline_width": "0.6", "outline_width_unit": "MM",
        }  # fmt: skip
    else:
        layer, told = "SimpleMarker", {
            "name": look.mark, "color": f"{colour},255", "outline_color": f"{ring},255", "outline_style": "solid",
            "outline_width": "0.3", "outline_width_unit": "MM", "size": f"{look.size_mm:g}", "size_unit": "MM",
        }  # fmt: skip
    return (
        f'<symbol type="{look.shape}" name="{at}" alpha="1" clip_to_extent="1" force_rhr="0">'
        f'<layer class="{layer}" enabled="1" locked="0" pass="0">{_qml_options(told)}</layer></symbol>'
    )


def _qml_options(told: Mapping[str, str]) -> str:
    """Each setting in both ways in which QGIS has written it: `Option` since 3.16, `prop` before."""
    options = "".join(f'<Option type="QString" name="{name}" value="{value}"/>' for name, value in told.items())
    return f'<Option type="Map">{options}</Option>' + "".join(f'<prop k="{k}" v="{v}"/>' for k, v in told.items())


def _qml_labels(look: Look) -> str:
    if not look.label_by:
        return ""
    expression = " || ' ' || ".join(f'"{name}"' for name in look.label_by)
    return (
        f'<labeling type="simple"><settings calloutType="simple"><text-style fieldName={quoteattr(expression)} '
        f'isExpression="1" fontSize="9" fontSizeUnit="Point" textColor="{_rgb(INK)},255" fontWeight="50">'
        f'<text-buffer bufferDraw="1" bufferSize="1" bufferSizeUnits="MM" bufferColor="{_rgb(PAPER)},255"/></text-style>'
        '<text-format wrapChar="" autoWrapLength="28" multilineAlign="0"/><placement placement="1" dist="1" distUnits="MM"/>'
        '<rendering drawLabels="1" displayAll="0" obstacle="1"/></settings></labeling>'
    )


def sld_of(look: Look, *, layer: str) -> str:
    """The same style as OGC SLD 1.0, for ArcGIS, GeoServer and others."""
    rules = "".join(
        f"<Rule><Title>{escape(rule.label)}</Title>{_sld_filter(rule, look.rules)}{_sld_symbol(look, rule)}</Rule>"
        for rule in look.rules
    )
    labels = f"<Rule>{_sld_labels(look)}</Rule>" if look.label_by else ""
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<StyledLayerDescriptor version="1.0.0" xmlns="http://www.opengis.net/sld" '
        f'xmlns:ogc="http://www.opengis.net/ogc"><NamedLayer><Name>{escape(layer)}</Name><UserStyle><FeatureTypeStyle>'
        f"{rules}{labels}</FeatureTypeStyle></UserStyle></NamedLayer></StyledLayerDescriptor>\n"
    )


def _sld_filter(rule: Rule, rules: Sequence[Rule]) -> str:
    if rule.attribute is not None:
        return f"<ogc:Filter>{_sld_like(rule)}</ogc:Filter>"
    others = "".join(_sld_like(each) for each in rules if each.attribute)
    # A row without a value is like none of them, but some programs take "not like" of nothing for nothing.
    nothing = "".join(
        f"<ogc:PropertyIsNull><ogc:PropertyName>{name}</ogc:PropertyName></ogc:PropertyIsNull>"
        for name in dict.fromkeys(each.attribute for each in rules if each.attribute)
    )
    if not others:
        return ""
    return f"<ogc:Filter><ogc:Or><ogc:Not><ogc:Or>{others}</ogc:Or></ogc:Not>{nothing}</ogc:Or></ogc:Filter>"


def _sld_like(rule: Rule) -> str:
    return (
        '<ogc:PropertyIsLike wildCard="*" singleChar="?" escape="!">'
        f"<ogc:PropertyName>{rule.attribute}</ogc:PropertyName><ogc:Literal>{rule.begins}*</ogc:Literal></ogc:PropertyIsLike>"
    )


def _sld_symbol(look: Look, rule: Rule) -> str:
    fill = f'<Fill><CssParameter name="fill">{rule.colour}</CssParameter>'
    if look.shape == "fill":
        edge = f'<CssParameter name="stroke">{rule.colour}</CssParameter><CssParameter name="stroke-width">2</CssParameter>'
        thin = f'{fill}<CssParameter name="fill-opacity">0.24</CssParameter></Fill>'
        return f"<PolygonSymbolizer>{thin}<Stroke>{edge}</Stroke></PolygonSymbolizer>"
    size = f"<Size>{round(look.size_mm * 3.6)}</Size>"
    mark = f"<Mark><WellKnownName>{look.mark}</WellKnownName>{fill}</Fill></Mark>"
    return f"<PointSymbolizer><Graphic>{mark}{size}</Graphic></PointSymbolizer>"


def _sld_labels(look: Look) -> str:
    words = "<![CDATA[ ]]>".join(f"<ogc:PropertyName>{name}</ogc:PropertyName>" for name in look.label_by)
    halo = f'<Halo><Radius>1</Radius><Fill><CssParameter name="fill">{PAPER}</CssParameter></Fill></Halo>'
    ink = f'<Fill><CssParameter name="fill">{INK}</CssParameter></Fill>'
    return f"<TextSymbolizer><Label>{words}</Label>{halo}{ink}</TextSymbolizer>"


def _rgb(colour: str) -> str:
    """#4a1942 → 74,25,66."""
    return ",".join(str(int(colour[at : at + 2], 16)) for at in (1, 3, 5))
