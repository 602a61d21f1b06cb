#include "paint/pptx_parts.h"

#include <stddef.h>
#include <string.h>

#define DECLARATION "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
#define NAMESPACES                                                                                                                 \
    " xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\""                                                           \
    " xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\""                                             \
    " xmlns:p=\"http://schemas.openxmlformats.org/presentationml/2006/main\""
#define TYPE(name)                 "application/vnd.openxmlformats-officedocument." name "+xml"
#define RELATION_TYPE(name)        "http://schemas.openxmlformats.org/officeDocument/2006/relationships/" name
#define RELATION(id, name, target) "<Relationship Id=\"" id "\" Type=\"" RELATION_TYPE(name) "\" Target=\"" target "\"/>"
#define RELATIONS(list)                                                                                                            \
    DECLARATION "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">" list "</Relationships>"

#define TREE_ROOT "<p:nvGrpSpPr><p:cNvPr id=\"1\" name=\"\"/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr/>"
#define PLACEHOLDER(id, name, type, frame, text)                                                                                   \
    "<p:sp><p:nvSpPr><p:cNvPr id=\"" id "\" name=\"" name                                                                          \
    "\"/><p:cNvSpPr><a:spLocks noGrp=\"1\"/></p:cNvSpPr><p:nvPr><p:ph type=\"" type "/></p:nvPr></p:nvSpPr><p:spPr>" frame         \
    "</p:spPr>" text "</p:sp>"
#define FRAME(x, y, cx, cy)                                                                                                        \
    "<a:xfrm><a:off x=\"" x "\" y=\"" y "\"/><a:ext cx=\"" cx "\" cy=\"" cy                                                        \
    "\"/></a:xfrm><a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom>"
#define SAMPLE_TEXT(text)                                                                                                          \
    "<p:txBody><a:bodyPr/><a:lstStyle/><a:p><a:r><a:rPr lang=\"en\"/><a:t>" text "</a:t></a:r></a:p></p:txBody>"
#define COLOR_MAP                                                                                                                  \
    "<p:clrMap bg1=\"lt1\" tx1=\"dk1\" bg2=\"lt2\" tx2=\"dk2\" accent1=\"accent1\" accent2=\"accent2\" accent3=\"accent3\" "       \
    "accent4=\"accent4\""                                                                                                          \
    " accent5=\"accent5\" accent6=\"accent6\" hlink=\"hlink\" folHlink=\"folHlink\"/>"
#define PLAIN_BACKGROUND "<p:bg><p:bgRef idx=\"1001\"><a:schemeClr val=\"bg1\"/></p:bgRef></p:bg>"

/* The colours are those of the theme `light`. */
#define COLOR(role, value) "<a:" role "><a:srgbClr val=\"" value "\"/></a:" role ">"
#define FILL               "<a:solidFill><a:schemeClr val=\"phClr\"/></a:solidFill>"
#define LINE(width)        "<a:ln w=\"" width "\">" FILL "<a:prstDash val=\"solid\"/></a:ln>"
#define EFFECT             "<a:effectStyle><a:effectLst/></a:effectStyle>"
#define FONTS(role)        "<a:" role "Font><a:latin typeface=\"Inter\"/><a:ea typeface=\"\"/><a:cs typeface=\"\"/></a:" role "Font>"
static const char theme[] = DECLARATION
    "<a:theme xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" name=\"orgflow\"><a:themeElements><a:clrScheme "
    "name=\"orgflow\">" COLOR("dk1", "1A202C") COLOR("lt1", "FFFFFF") COLOR("dk2", "4A5568") COLOR("lt2", "F4F6F8")
        COLOR("accent1", "0B5FA5") COLOR("accent2", "B54708") COLOR("accent3", "067D5F") COLOR("accent4", "A3247A")
            COLOR("accent5", "5038B0") COLOR("accent6", "7A5A00") COLOR("hlink", "0B5FA5")
                COLOR("folHlink", "5038B0") "</a:clrScheme><a:fontScheme name=\"orgflow\">" FONTS("major")
                    FONTS("minor") "</a:fontScheme><a:fmtScheme name=\"orgflow\"><a:fillStyleLst>" FILL FILL FILL
                                   "</a:fillStyleLst><a:lnStyleLst>" LINE("6350") LINE("12700")
                                       LINE("19050") "</a:lnStyleLst><a:effectStyleLst>" EFFECT EFFECT EFFECT
                                                     "</a:effectStyleLst><a:bgFillStyleLst>" FILL FILL FILL
                                                     "</a:bgFillStyleLst></a:fmtScheme></a:themeElements></a:theme>";

static const char master[] = DECLARATION "<p:sldMaster" NAMESPACES "><p:cSld>" PLAIN_BACKGROUND "<p:spTree>" TREE_ROOT PLACEHOLDER(
    "2", "Title", "title\"", FRAME("279400", "279400", "11633200", "457200"),
    SAMPLE_TEXT("Title")) "</p:spTree></p:cSld>" COLOR_MAP "<p:sldLayoutIdLst><p:sldLayoutId id=\"2147483649\" "
                          "r:id=\"layout\"/></p:sldLayoutIdLst><p:txStyles><p:titleStyle><a:lvl1pPr algn=\"l\"><a:defRPr"
                          " sz=\"2200\" b=\"1\"><a:solidFill><a:schemeClr val=\"tx1\"/></a:solidFill><a:latin "
                          "typeface=\"+mj-lt\"/></a:defRPr></a:lvl1pPr></p:titleStyle>"
                          "<p:bodyStyle/><p:otherStyle/></p:txStyles></p:sldMaster>";

static const char layout[] = DECLARATION
    "<p:sldLayout" NAMESPACES " type=\"titleOnly\" preserve=\"1\"><p:cSld name=\"Drawing\"><p:spTree>" TREE_ROOT PLACEHOLDER(
        "2", "Title", "title\"", "",
        SAMPLE_TEXT("Title")) "</p:spTree></p:cSld><p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:sldLayout>";

static const char notes_master[] =
    DECLARATION "<p:notesMaster" NAMESPACES "><p:cSld>" PLAIN_BACKGROUND
                "<p:spTree>" TREE_ROOT PLACEHOLDER("2", "Slide", "sldImg\"", FRAME("685800", "1143000", "5486400", "3086100"), "")
                    PLACEHOLDER("3", "Notes", "body\" idx=\"1\"", FRAME("685800", "4400550", "5486400", "3600450"),
                                SAMPLE_TEXT("Notes")) "</p:spTree></p:cSld>" COLOR_MAP "</p:notesMaster>";

static const char presentation[] = DECLARATION
    "<p:presentation" NAMESPACES "><p:sldMasterIdLst><p:sldMasterId id=\"2147483648\" r:id=\"master\"/></p:sldMasterIdLst>"
    "<p:notesMasterIdLst><p:notesMasterId r:id=\"notes\"/></p:notesMasterIdLst><p:sldSz cx=\"12192000\" cy=\"6858000\"/>"
    "<p:notesSz cx=\"6858000\" cy=\"9144000\"/></p:presentation>";

#define OVERRIDE(part, type) "<Override PartName=\"/" part "\" ContentType=\"" type "\"/>"
static const char types[] = DECLARATION
    "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">"
    "<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
    "<Default Extension=\"xml\" ContentType=\"application/xml\"/>" OVERRIDE("ppt/presentation.xml",
                                                                            TYPE("presentationml.presentation.main"))
        OVERRIDE("ppt/slideMasters/slideMaster1.xml", TYPE("presentationml.slideMaster"))
            OVERRIDE("ppt/slideLayouts/slideLayout1.xml", TYPE("presentationml.slideLayout"))
                OVERRIDE("ppt/notesMasters/notesMaster1.xml", TYPE("presentationml.notesMaster"))
                    OVERRIDE("ppt/theme/theme1.xml", TYPE("theme")) OVERRIDE("ppt/theme/theme2.xml", TYPE("theme")) "</Types>";

const OfFixedPart of_pptx_fixed_parts[] = {
    {"[Content_Types].xml", types},
    {"_rels/.rels", RELATIONS(RELATION("presentation", "officeDocument", "ppt/presentation.xml"))},
    {"ppt/presentation.xml", presentation},
    {"ppt/_rels/presentation.xml.rels", RELATIONS(RELATION("master", "slideMaster", "slideMasters/slideMaster1.xml")
                                                      RELATION("notes", "notesMaster", "notesMasters/notesMaster1.xml")
                                                          RELATION("theme", "theme", "theme/theme1.xml"))},
    {"ppt/slideMasters/slideMaster1.xml", master},
    {"ppt/slideMasters/_rels/slideMaster1.xml.rels", RELATIONS(RELATION("layout", "slideLayout", "../slideLayouts/slideLayout1.xml")
                                                                   RELATION("theme", "theme", "../theme/theme1.xml"))},
    {"ppt/slideLayouts/slideLayout1.xml", layout},
    {"ppt/slideLayouts/_rels/slideLayout1.xml.rels",
     RELATIONS(RELATION("master", "slideMaster", "../slideMasters/slideMaster1.xml"))},
    {"ppt/notesMasters/notesMaster1.xml", notes_master},
    {"ppt/notesMasters/_rels/notesMaster1.xml.rels", RELATIONS(RELATION("theme", "theme", "../theme/theme2.xml"))},
    {"ppt/theme/theme1.xml", theme},
    {"ppt/theme/theme2.xml", theme},
    {NULL, NULL},
};

const char *of_pptx_fixed_part(const char *name)
{
    const OfFixedPart *part = of_pptx_fixed_parts;
    while (part->name != NULL && strcmp(part->name, name) != 0) {
        part++;
    }
    return part->text;
}
