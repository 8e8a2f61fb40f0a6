"""Formats that researchers bring, in small invented exports with the traps of the real ones."""

import gzip
import io
import json
import zipfile

import pandas as pd
import pytest

import analysis
from analysis.corpus.metadata import outlet_of

ONE = "Le maire de Valmont a présenté hier son projet pour la rivière, que les habitants attendaient depuis dix ans."
TWO = (
    "La compagnie des eaux répond que les travaux commenceront au printemps, quand la neige aura fondu sur les crêtes."
)
THREE = (
    "Le préfet, lui, n’a rien promis : il « étudiera le dossier », a-t-il dit, avant que l’été ne tarisse la source."
)


def read(tmp_path, name, content):
    path = tmp_path / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    articles, problems = analysis.inspect_corpus(tmp_path)
    return articles, problems


# --- Europresse


def europresse_2021(own="news·20231016·LF·1", outlet="Le Figaro, no. 24012", header="Économie, lundi 16 octobre 2023 1017 mots, p. 9",
                    title="La rivière de <mark>Val</mark>mont", body=f"<p>{ONE}</p><p>{TWO}</p>", author="A. Nom"):  # fmt: skip
    return f"""<article><header><div class="rdp__DocPublicationName"><span class="DocPublicationName">{outlet}<span> x</span></span></div>
<span class="DocHeader">{header}</span><div class="titreArticle"><p class="titreArticleVisu rdp__articletitle">{title}</p></div>
<p class="sm-margin-bottomNews">{author}</p></header><section><div class="docOcurrContainer">{body}<aside>Encart : à lire</aside>
<div class="apd-wrapper">Lire le PDF</div></div></section><footer><div class="publiC-lblNodoc">{own}</div>
<p>Certificat émis à Université-de-Nulle-Part, lecteur@example.org, à des fins de visualisation personnelle</p></footer></article>"""


def europresse_2023(own, body):
    return f"""<article><div class="apd-sources-date"><span class="DocPublicationName">Libération (site web)</span></div>
<span class="DocHeader">mardi 17 octobre 2023 10:15 UTC +02:00 845 mots</span><h1 class="titreArticleVisu">Les eaux</h1>
<div class="docAuthors">B. Nom</div><div class="DocText">{body}</div><div class="publiC-lblNodoc">{own}</div></article>"""


def export(*articles, end="</body></html>"):
    return ' <!DOCTYPE html><html><head><meta charset="utf-8"><style>p{}</style></head><body>' + "".join(articles) + end


def test_europresse(tmp_path):
    articles, problems = read(tmp_path, "1.HTML", export(europresse_2021(), europresse_2023("web·20231017·LI·2", f"<p>{THREE}</p>")))  # fmt: skip
    one, two = articles.to_dict("records")
    assert one["text"] == f"La rivière de Valmont\n\n{ONE}\n{TWO}", "highlighting splits no word, furniture is gone"
    assert (one["outlet"], one["edition"], one["page"], one["length"]) == ("Le Figaro", "24012", "9", 1017)
    assert (one["section"], one["author"], str(one["date"].date())) == ("Économie", "A. Nom", "2023-10-16")
    assert one["doc_id"] == "news·20231016·LF·1"
    assert (two["outlet"], two["channel"], two["author"], two["length"]) == ("Libération", "site web", "B. Nom", 845)
    assert str(two["date"].date()) == "2023-10-17" and two["text"].endswith(THREE)
    assert problems.empty


def test_nothing_of_who_downloaded_survives(tmp_path):
    articles, problems = read(tmp_path, "1.HTML", export(europresse_2021()))
    everything = articles.to_csv() + problems.to_csv()
    assert "Nulle-Part" not in everything and "example.org" not in everything


def test_europresse_traps(tmp_path):
    again = f"<p>{ONE}</p><p>[Additional Text]:</p><p>{ONE}</p>"
    split = "<p>Le ma<mark>i</mark>re\u00ad de <b>Val</b>mont<br>n’a rien dit de plus à ses voisins de la vallée.</p>"
    content = export(
        europresse_2021("news·20231016·LF·1", body=again),
        europresse_2021("news·20231016·LF·1", body=again),
        europresse_2021("news·20231016·LF·3", body='<p class="link-not-hosted"><a href="x">Lire</a></p>'),
        europresse_2021("news·20231016·LF·4", body=split),
        europresse_2021("news·20231016·LF·5", body=f"<p>{THREE}</p>").split("</section>")[0],
        end="",
    )
    articles, problems = read(tmp_path, "export.html", content)
    ids = [i[-1] for i in articles["doc_id"]]
    assert ids[0] == "1" and "4" in ids and len(ids) == 3
    texts = list(articles["text"])
    assert texts[0].count(ONE) == 1
    assert "Le maire de Valmont\nn’a rien dit" in texts[1]
    assert THREE in texts[2], "the text of an article that is cut off is kept"
    said = " | ".join(problems["why"])
    for part in ("repeated", "twice", "only a link", "cut off"):
        assert part in said


def test_two_articles_in_one_are_told_apart(tmp_path):
    content = export(europresse_2021(), europresse_2021("news·20231016·LF·2", body=f"<p>{THREE}</p>"))
    articles, problems = read(tmp_path, "1.HTML", content.replace("</article><article>", ""))
    assert [i[-1] for i in articles["doc_id"]] == ["1", "2"] and articles.iloc[1]["text"].endswith(THREE)
    assert "2 articles in one" in problems.iloc[0]["why"]


def test_an_article_without_end_is_bounded(tmp_path):
    articles, problems = read(tmp_path, "1.HTML", export(europresse_2021(body="un mot de plus " * 1_500_000), europresse_2021("news·20231016·LF·2")))  # fmt: skip
    assert [i[-1] for i in articles["doc_id"]] == ["2"] and "too long" in " ".join(problems["why"])


# --- Factiva


def factiva_row(code, value):
    return f"<tr><td><b>{code}</b>&nbsp;</td><td>{value}</td></tr>"


def factiva(number="LEFIG00020231016ejag0001", title="La rivière", text=TWO):
    rows = {"SE": "Économie", "HD": f"<span class='frHeadline'>{title}</span>", "BY": "A. Nom", "WC": "1 017 mots",
            "PD": "16 octobre 2023", "SN": "Le Figaro", "SC": "LEFIG", "PG": "9", "LA": "Français", "CY": "Copyright",
            "LP": f"<p class='articleParagraph frarticleParagraph'>{ONE}</p>",
            "TD": f"<p class='articleParagraph frarticleParagraph'>{text}</p>", "AN": f"Document {number}"}  # fmt: skip
    table = "<table>" + "".join(factiva_row(*r) for r in rows.items()) + "</table>"
    return f'<div class="article deArticleWrapper"><div id="article-{number}" class="article frArticle">{table}</div></div>'


def test_factiva_html(tmp_path):
    content = f"<html><body>{factiva()}{factiva()}{factiva('LEFIG00020231016ejag0002', 'Autre', THREE)}</body></html>"
    articles, problems = read(tmp_path, "f.html", content)
    one = articles.iloc[0]
    assert len(articles) == 2 and list(articles["doc_id"]) == ["LEFIG00020231016ejag0001", "LEFIG00020231016ejag0002"]
    assert one["text"] == f"La rivière\n\n{ONE}\n\n{TWO}"
    assert (one["outlet"], one["author"], one["section"], one["page"], one["length"]) == ("Le Figaro", "A. Nom", "Économie", "9", 1017)  # fmt: skip
    assert str(one["date"].date()) == "2023-10-16"
    assert "twice" in " ".join(problems["why"])


def test_factiva_plain_display(tmp_path):
    content = f"""<html><body><div class="article frArticle"><div id="hd"><span class="frHeadline">La rivière</span></div>
<div>A. Nom</div><div>1 017 mots</div><div>16 octobre 2023</div><div>Le Figaro</div><div>LEFIG</div><div>9</div>
<p class="articleParagraph frarticleParagraph">{ONE}</p><p class="articleParagraph frarticleParagraph">{TWO}</p>
<p>Document LEFIG00020231016ejag0001</p></div></body></html>"""
    articles, _ = read(tmp_path, "f.html", content)
    one = articles.iloc[0]
    assert one["text"] == f"La rivière\n\n{ONE}\n{TWO}"
    assert (one["outlet"], one["author"], str(one["date"].date())) == ("Le Figaro", "A. Nom", "2023-10-16")
    assert one["doc_id"] == "LEFIG00020231016ejag0001"


def test_factiva_text(tmp_path):
    block = "SE Économie\nHD {title}\nBY A. Nom\nWC 1 017 mots\nPD 16 octobre 2023\nSN Le Figaro\nSC LEFIG\nLA Français\nLP\n{lead}\n\nTD\n{text}\n\nAN Document {number}\n\n"  # fmt: skip
    content = block.format(title="La rivière", lead=ONE, text=TWO, number="LEFIG1") + block.format(
        title="Autre", lead=TWO, text=THREE, number="LEFIG2"
    )
    articles, problems = read(tmp_path, "f.txt", content)
    assert list(articles["doc_id"]) == ["LEFIG1", "LEFIG2"] and problems.empty
    assert articles.iloc[1]["text"] == f"Autre\n\n{TWO}\n\n{THREE}"


# --- other files


def test_iramuteq(tmp_path):
    articles, _ = read(
        tmp_path, "c.txt", f"**** *source_Le_Figaro *date_2023-10-16\n{ONE}\n\n**** *source_Libération\n{TWO}\n"
    )
    assert list(articles["outlet"]) == ["Le Figaro", "Libération"]
    assert list(articles["text"]) == [ONE, TWO] and str(articles.iloc[0]["date"].date()) == "2023-10-16"


def test_rss_and_atom(tmp_path):
    rss = f"""<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Le Fil</title>
<item><title>Eaux &amp; rivière</title><link>https://example.org/1</link><guid>g1</guid><pubDate>Mon, 16 Oct 2023 10:00:00 +0200</pubDate>
<description>court</description><content:encoded><![CDATA[<p>{ONE}</p><p>{TWO}</p>]]></content:encoded></item></channel></rss>"""
    atom = f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>La Gazette</title><entry><id>a1</id><title>Préfet</title>
<updated>2023-10-17T08:00:00Z</updated><summary>{THREE}</summary></entry></feed>"""
    (tmp_path / "atom.xml").write_text(atom, encoding="utf-8")
    articles, problems = read(tmp_path, "feed.xml", rss)
    found = articles.set_index("outlet")
    assert found.loc["Le Fil", "text"] == f"Eaux & rivière\n\n{ONE}\n{TWO}"
    assert found.loc["La Gazette", "text"] == f"Préfet\n\n{THREE}" and problems.empty


def test_xlsx(tmp_path):
    book = io.BytesIO()
    pd.DataFrame({"Titre": ["Eaux", "Vide"], "Texte": [ONE, None], "Média": ["Le Fil", "Le Fil"]}).to_excel(
        book, index=False
    )
    articles, problems = read(tmp_path, "t.xlsx", book.getvalue())
    assert list(articles["text"]) == [f"Eaux\n\n{ONE}"] and list(problems["why"]) == ["no text"]


@pytest.mark.parametrize(
    ("columns", "outlet"),
    [
        ({"canonical_url": "https://a.example/1", "title": "T", "raw_content": ONE, "sitename": "Le Fil"}, "Le Fil"),
        ({"title": "T", "hostname": "lefil.example", "date": "2023-10-16", "raw_text": ONE}, "lefil.example"),
        (
            {"Key": "K", "Title": "T", "Publication Title": "Le Fil", "Abstract Note": ONE, "Date": "2023-10-16"},
            "Le Fil",
        ),
    ],
    ids=["minet", "trafilatura", "Zotero"],
)
def test_columns_of_other_tools(tmp_path, columns, outlet):
    articles, _ = read(tmp_path, "t.csv", pd.DataFrame([columns]).to_csv(index=False))
    assert list(articles["outlet"]) == [outlet] and articles.iloc[0]["text"] == f"T\n\n{ONE}"


def test_rows_without_text_go_to_problems(tmp_path):
    table = pd.DataFrame(
        {"stories_id": ["1", "2"], "title": ["A", "B"], "media_name": ["Le Fil", "Le Fil"], "url": ["u", "v"]}
    )
    articles, problems = read(tmp_path, "mediacloud.csv", table.to_csv(index=False))
    assert articles.empty and list(problems["doc_id"]) == ["1", "2"] and set(problems["what"]) == {"not read"}
    assert problems["why"].str.contains("no column with the text").all()


def test_a_table_without_text_or_addresses_is_named(tmp_path):
    articles, problems = read(tmp_path, "t.csv", "a,b\n1,2\n")
    assert articles.empty and "no column holds the text; its columns: a, b" in problems.iloc[0]["why"]


def test_stretches_of_empty_rows_are_told(tmp_path):
    articles, problems = read(tmp_path, "t.csv", f'title,text\nA,"{ONE}"\n' + ",\n" * 3000 + f'B,"{TWO}"\n\n')
    assert list(articles["title"]) == ["A", "B"]
    assert list(problems["why"]) == ["row 3 to 3002: 3,000 empty row(s)"]


def test_a_table_without_rows_is_told(tmp_path):
    articles, problems = read(tmp_path, "t.csv", "title,text\n")
    assert articles.empty and list(problems["why"]) == ["no article found in it"]


def test_a_record_without_text_costs_only_itself(tmp_path):
    rows = [{"id": "1", "texte": ONE}, {"id": "2", "titre": "B"}, {"id": "3", "texte": TWO}]
    articles, problems = read(tmp_path, "t.jsonl", "\n".join(json.dumps(r) for r in rows))
    assert list(articles["doc_id"]) == ["1", "3"] and list(problems["doc_id"]) == ["2"]


def test_a_damaged_byte_costs_only_itself(tmp_path):
    content = f'title,text\nÉté,"{TWO} Déjà vu, à l’été."\n'.encode() + b'B,"' + ONE.encode() + b' caf\xe9"\n'
    articles, problems = read(tmp_path, "t.csv", content)
    assert articles["title"][0] == "Été" and "1 unreadable" in problems.iloc[0]["why"]


def test_utf_16_is_told_apart_by_content_too(tmp_path):
    articles, _ = read(tmp_path, "i.txt", f"**** *source_Le_Fil\n{ONE}\n**** *source_Le_Cap\n{TWO}\n".encode("utf-16"))
    assert list(articles["outlet"]) == ["Le Fil", "Le Cap"]


def test_a_list_of_json_objects(tmp_path):
    articles, problems = read(tmp_path, "t.json", json.dumps([{"title": "A", "text": ONE}, 3]))
    assert list(articles["title"]) == ["A"] and "item 2 is not a JSON object" in problems.iloc[0]["why"]


# --- archives


def zipped(**members):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return made.getvalue()


def test_zip(tmp_path):
    inner = zipped(**{"x.txt": TWO})
    made = zipped(**{"a/un.txt": ONE, "../dehors.txt": TWO, "/racine.txt": TWO, "i.zip": inner, "vide.txt": "", "e.html": export(europresse_2021())})  # fmt: skip
    articles, problems = read(tmp_path / "seeds", "s.zip", made)
    assert set(articles["source_file"]) == {"s.zip/a/un.txt", "s.zip/e.html"}
    said = dict(zip(problems["source_file"], problems["why"]))
    assert "leads out" in said["s.zip/../dehors.txt"] and "leads out" in said["s.zip//racine.txt"]
    assert "inside an archive" in said["s.zip/i.zip"] and "empty" in said["s.zip/vide.txt"]
    assert sorted(p.name for p in tmp_path.rglob("*") if p.is_file()) == ["s.zip"], "nothing is unpacked"


def test_zip_bomb(tmp_path):
    articles, problems = read(tmp_path, "b.zip", zipped(**{"bomb.txt": b"a" * 50_000_000, "un.txt": ONE}))
    assert len(articles) == 1 and "not unpacked" in problems.iloc[0]["why"]


def test_damaged_zip(tmp_path):
    articles, problems = read(tmp_path, "d.zip", zipped(**{"un.txt": ONE * 50})[:90])
    assert articles.empty and "damaged" in problems.iloc[0]["why"]


def warc(*pages):
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    made = io.BytesIO()
    writer = WARCWriter(made, gzip=True)
    for address, page in pages:
        headers = StatusAndHeaders("200 OK", [("Content-Type", "text/html; charset=utf-8")], protocol="HTTP/1.1")
        writer.write_record(writer.create_warc_record(address, "response", payload=io.BytesIO(page.encode()), http_headers=headers))  # fmt: skip
    return made.getvalue()


def test_warc(tmp_path):
    page = f"<!doctype html><html lang='fr'><head><title>Eaux</title></head><body><article><h1>Eaux</h1><p>{ONE}</p><p>{TWO}</p><p>{THREE}</p></article></body></html>"  # fmt: skip
    whole = warc(("https://lefil.example/eaux", page))
    articles, _ = read(tmp_path, "w.warc.gz", whole)
    assert ONE in articles.iloc[0]["text"] and articles.iloc[0]["url"] == "https://lefil.example/eaux"
    (tmp_path / "w.warc.gz").write_bytes(gzip.compress(gzip.decompress(whole)[:-150]))
    _, problems = analysis.inspect_corpus(tmp_path)
    assert "cut off" in problems.iloc[0]["why"]


# --- outlets


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("Le Figaro (site web)", ("Le Figaro", None, "site web")),
        ("Le Figaro, no. 24012", ("Le Figaro", "24012", None)),
        ("Ouest-France, no. 23 345", ("Ouest-France", "23 345", None)),
        ("La Croix, n° 42345, p. 3", ("La Croix", "42345", None)),
        ("Numéro 1", ("Numéro 1", None, None)),
        ("Le Progrès (Lyon)", ("Le Progrès (Lyon)", None, None)),
        (None, (None, None, None)),
    ],
)
def test_outlets(name, found):
    assert outlet_of(name) == found


def test_a_saved_page_keeps_its_no_break_spaces(tmp_path):
    told = "Le chantier coûtera 500&nbsp;000&#8239;euros à la ville, a annoncé le maire lundi. «&nbsp;Tant pis\u202f!&#xA0;», dit-il aux élus."
    page = f"<!doctype html><html><head><title>Le pont</title></head><body><article><h1>Le pont</h1><p>{told}</p><p>{told}</p></article></body></html>"
    (tmp_path / "a.html").write_text(page, encoding="utf-8")
    dated = "<html><head><title>B</title><meta name=author content='Jeanne&nbsp;Roy'></head><body><article><time>Publié le 12&nbsp;mars 2026</time>"
    (tmp_path / "b.html").write_text(
        f"<!doctype html>{dated}<p>&nbsp;</p><p>{told} Oui.</p></article></body></html>", encoding="utf-8"
    )
    found = analysis.inspect_corpus(tmp_path)[0].set_index("source_file")
    assert str(found.loc["b.html", "date"])[:10] == "2026-03-12" and found.loc["b.html", "author"] == "Jeanne Roy"
    text = found.loc["a.html", "text"]
    assert "500\u00a0000\u202feuros" in text and "«\u00a0Tant pis\u202f!\u00a0»" in text


def test_the_header_of_a_text_may_speak_french(tmp_path):
    head = "---\ntitre: Le pont\ntitle: Un autre\ntexte: Le corps\nmédia: Le Courrier\nauteur: A. Roy\nhumeur: vive\n---\nLe pont de la ville est fermé depuis lundi matin."
    (tmp_path / "a.txt").write_text(head, encoding="utf-8")
    articles, problems = analysis.inspect_corpus(tmp_path)
    assert list(articles[["title", "outlet", "author"]].iloc[0]) == ["Le pont", "Le Courrier", "A. Roy"]
    assert problems["why"][0].startswith("unknown keys ignored: humeur, texte, title;")


# --- documents


def nexis(french=False, promised=3):
    """The lines of a Nexis Uni download of three articles."""
    told = {
        "Section": "Rubrique ", "Length": "Longueur ", "Byline": "Auteur ", "Body": "Corps", "Load-Date": "Date de chargement ",
        "End of Document": "Fin du document", "words": "mots",
    } if french else {}  # fmt: skip
    say = lambda word: told.get(word, word)  # noqa: E731
    lines = ["Date and Time: Friday, March 6, 2026 10:00:00 AM CET", "Job Number: 123", f"Documents ({promised})", "1. La rivière", "Client/Matter: -None-",
             "Search Terms: rivière", "2. Les eaux", "3. La neige", ""]  # fmt: skip
    for title, outlet, text in (("La rivière de Valmont", "Le Fil", ONE), ("Les eaux répondent", "La Source", TWO), ("Le préfet se tait", "Le Fil", THREE)):
        date = "16 octobre 2023 lundi" if french else "October 16, 2023 Monday 1:04 PM GMT"
        lines += [title, outlet, date, "", "Copyright 2023 Le Fil All Rights Reserved", f"{say('Section')}: LOCAL; Pg. 4",
                  f"{say('Length')}: 641 {say('words')}", f"{say('Byline')}: A. Nom", say("Body"), "", "", text, "", "Un second paragraphe suit, où rien ne manque.", "",
                  f"{say('Load-Date')}: October 17, 2023", "", say("End of Document"), "", ""]  # fmt: skip
    return lines


def word(lines, headings=()):
    """A Word file of these paragraphs; headings: those of the first level."""
    import docx

    document, made = docx.Document(), io.BytesIO()
    for line in lines:
        if line in headings:
            document.add_heading(line, 1)
        else:
            document.add_paragraph(line)
    document.save(made)
    return made.getvalue()


def rich(lines):
    """RTF of these paragraphs, as a word processor writes it."""
    coded = "".join(
        "".join(c if ord(c) < 128 else f"\\'{c.encode('cp1252')[0]:02x}" for c in line) + "\\par\n" for line in lines
    )
    return "{\\rtf1\\ansi\\ansicpg1252{\\fonttbl{\\f0 Arial;}}\\f0 " + coded + "}"


def opendocument(lines):
    name = "urn:oasis:names:tc:opendocument:xmlns"
    body = "".join(f"<text:p>{line}</text:p>" for line in lines)
    content = f'<?xml version="1.0"?><office:document-content xmlns:office="{name}:office:1.0" xmlns:text="{name}:text:1.0"><office:body><office:text>{body}</office:text></office:body></office:document-content>'
    return zipped(mimetype="application/vnd.oasis.opendocument.text", **{"content.xml": content})


def epub(*chapters):
    items = "".join(f'<item id="c{i}" href="c{i}.xhtml"/>' for i, _ in enumerate(chapters))
    spine = "".join(f'<itemref idref="c{i}"/>' for i, _ in enumerate(chapters))
    files = {f"OEBPS/c{i}.xhtml": f"<html><body><h1>{title}</h1><p>{text}</p><p>{text}</p></body></html>" for i, (title, text) in enumerate(chapters)}
    return zipped(mimetype="application/epub+zip", **{
        "META-INF/container.xml": '<container><rootfiles><rootfile full-path="OEBPS/p.opf"/></rootfiles></container>',
        "OEBPS/p.opf": f"<package><manifest>{items}</manifest><spine>{spine}</spine></package>",
    } | files)  # fmt: skip


TEI = f"""<?xml version="1.0"?><TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt><title>Les eaux</title>
<author>A. Nom</author></titleStmt><publicationStmt><publisher>Le Fil</publisher><date when="2023-10-16"/></publicationStmt></fileDesc></teiHeader>
<text><body><div><p>{ONE}</p><said who="#Jeanne_Morel">{TWO}<note>sic</note></said></div></body></text></TEI>"""
SUBTITLES = """1
00:00:01,000 --> 00:00:03,000
Le maire de Valmont a présenté hier

2
00:00:03,100 --> 00:00:06,000
<i>son projet pour la rivière, que les habitants attendaient.</i>

3
00:00:06,100 --> 00:00:09,000
- Est-ce décidé ?
- Oui, répond le maire, tout est décidé.
"""


@pytest.mark.parametrize("french", [False, True])
@pytest.mark.parametrize(("name", "made"), [("n.docx", word), ("n.rtf", rich), ("n.odt", opendocument)])
def test_what_nexis_prints_in_any_document(tmp_path, name, made, french):
    articles, problems = read(tmp_path, name, made(nexis(french)))
    assert problems.empty and articles["title"].tolist() == ["La rivière de Valmont", "Les eaux répondent", "Le préfet se tait"]
    assert articles["outlet"].tolist() == ["Le Fil", "La Source", "Le Fil"] and set(articles["length"]) == {641}
    assert set(articles["date"].dt.date.astype("str")) == {"2023-10-16"} and set(articles["section"]) == {"LOCAL; Pg. 4"}
    assert set(articles["author"]) == {"A. Nom"}
    assert articles["text"][0] == f"La rivière de Valmont\n\n{ONE}\n\nUn second paragraphe suit, où rien ne manque."


def test_a_download_that_lacks_articles_says_so(tmp_path):
    articles, problems = read(tmp_path, "n.docx", word(nexis(promised=5)))
    assert len(articles) == 3 and "holds 5 articles; 3 were found" in problems["why"][0]


def test_word_files_of_one_article_and_of_parts(tmp_path):
    (tmp_path / "parts.docx").write_bytes(word(["Un", ONE, TWO, "Deux", THREE, ONE + " Bis."], headings=("Un", "Deux")))
    articles, problems = read(tmp_path, "one.docx", word(["La rivière de Valmont", ONE, TWO]))
    assert problems.empty and articles["title"].tolist() == ["La rivière de Valmont", "Un", "Deux"]
    assert articles["text"][0] == f"La rivière de Valmont\n\n{ONE}\n\n{TWO}"


@pytest.mark.parametrize("markup", [False, True])
def test_lexisnexis_numbers_its_documents(tmp_path, markup):
    lines = []
    for i, text in enumerate((ONE, TWO), 1):
        lines += [f"{i} of 2 DOCUMENTS", "", "Le Fil", "", "16 octobre 2023 lundi", "Édition nationale", "", f"Titre {i}", "", "AUTEUR: A. Nom", "", "RUBRIQUE: Local; p. 3",
                  "", "LONGUEUR: 20 mots", "", text, "", "DATE-CHARGEMENT: 17 octobre 2023", "", "LANGUE: FRENCH", ""]  # fmt: skip
    content = "<HTML><BODY>" + "".join(f"<P><SPAN>{x}</SPAN></P>" for x in lines) + "</BODY></HTML>" if markup else "\n".join(lines)
    articles, problems = read(tmp_path, "export.html" if markup else "export.TXT", content)
    assert problems.empty and articles["title"].tolist() == ["Titre 1", "Titre 2"]
    assert articles["text"].tolist() == [f"Titre 1\n\n{ONE}", f"Titre 2\n\n{TWO}"]
    assert set(articles["outlet"]) == {"Le Fil"} and set(articles["section"]) == {"Local; p. 3"} and set(articles["author"]) == {"A. Nom"}


def test_factiva_as_xml_and_between_asterisks(tmp_path):
    xml = f"""<?xml version="1.0"?><PPSResponse xmlns="http://global.factiva.com/pps/2.0"><article><accessionNo>FIL0000020231016</accessionNo>
<headline><paragraph>Les <hlt>eaux</hlt></paragraph></headline><leadParagraph><paragraph>{ONE}</paragraph></leadParagraph><publicationDate>
<dateTime>2023-10-16T01:00:00Z</dateTime></publicationDate><sourceName>Le Fil</sourceName><tailParagraphs><paragraph>{TWO}</paragraph>
</tailParagraphs></article></PPSResponse>"""
    (tmp_path / "f.xml").write_text(xml, encoding="utf-8")
    number = "FILFR00020231016ejag0000" + "{}"
    stars = "".join(
        f"Document {number.format(i)}\n\n*SE*\tLocal\n*HD*\tLa *rivière*\n*BY*\tA. Nom\n*WC*\t20 mots\n*PD*\t16 octobre 2023\n*SN*\tLe Fil\n*LP*\t{THREE[:24]}\n"
        f"{THREE[24:].strip()} ({i})\n\n*TD*\t{TWO}\n\nDocument {number.format(i)}\n\n" for i in range(34)
    )  # fmt: skip
    articles, problems = read(tmp_path, "selection.html", stars)
    assert problems.empty and len(articles) == 35
    assert articles["text"][0] == f"Les eaux\n\n{ONE}\n\n{TWO}" and str(articles["date"][0].date()) == "2023-10-16"
    assert articles["title"][1] == "La rivière" and "*" not in articles["text"][1] and articles["doc_id"][1] == number.format(0)
    assert articles["length"][1] == 20 and f"{' '.join(THREE.split())} (0)" in articles["text"][1].replace("  ", " ")


def test_tei_subtitles_and_books(tmp_path):
    (tmp_path / "a.xml").write_text(TEI, encoding="utf-8")
    (tmp_path / "b.srt").write_text(SUBTITLES, encoding="utf-8")
    (tmp_path / "c.epub").write_bytes(epub(("La rivière", ONE), ("Les eaux", TWO)))
    articles, problems = read(tmp_path, "d.vtt", "WEBVTT\n\n" + SUBTITLES.replace(",", ".").replace("rivière.", "rivière,"))
    tei, film, *_ = articles.to_dict("records")
    assert tei["text"] == f"Les eaux\n\n{ONE}\n\nJeanne Morel : {TWO}" and (tei["outlet"], tei["author"]) == ("Le Fil", "A. Nom")
    told = "Le maire de Valmont a présenté hier son projet pour la rivière, que les habitants attendaient."
    assert film["text"] == f"{told}\n\n- Est-ce décidé ?\n\n- Oui, répond le maire, tout est décidé."
    assert {"La rivière", "Les eaux"} <= set(articles["title"]) and len(articles) == 5 and problems.empty


@pytest.mark.parametrize("columns", [1, 2])
def test_pdf_in_columns(tmp_path, columns):
    """Running heads and numbers go, a paragraph goes on over columns and pages, words are joined where they were cut."""
    import base64

    from browser import page

    body = "".join(f"<p>Paragraphe {i}. {ONE} {TWO} {THREE}</p>" for i in range(1, 31))
    (tmp_path / "p.htm").write_text(
        f'<html lang="fr"><meta charset="utf-8"><style>@page {{ size: A4; margin: 2cm }} body {{ font: 11pt serif; text-align: justify; hyphens: auto }} '
        f"h1 {{ font-size: 22pt }} div {{ columns: {columns}; column-gap: 1cm }}</style><h1>La rivière de Valmont</h1><div>{body}</div></html>",
        encoding="utf-8",
    )
    with page() as tab:
        tab.open(tmp_path / "p.htm")
        head = '<span style="font-size: 8px">Le Fil de Valmont, 16 octobre 2023</span>'
        foot = '<span style="font-size: 8px" class="pageNumber"></span>'
        printed = tab("Page.printToPDF", displayHeaderFooter=True, headerTemplate=head, footerTemplate=foot, preferCSSPageSize=True)
    (tmp_path / "p.htm").unlink()
    articles, problems = read(tmp_path, "p.pdf", base64.b64decode(printed["data"]))
    assert problems.empty and articles["title"].tolist() == ["La rivière de Valmont"]
    assert articles["text"][0].split("\n\n")[1:] == [f"Paragraphe {i}. {ONE} {TWO} {THREE}" for i in range(1, 31)]


def blank_page():
    import matplotlib.pyplot as plt

    figure, made = plt.figure(), io.BytesIO()
    figure.savefig(made, format="pdf")
    plt.close(figure)
    return made.getvalue()


def test_what_no_document_holds_is_said(tmp_path):
    files = {
        "scan.pdf": blank_page(),
        "empty.docx": word([]), "empty.rtf": b"{\\rtf1 }", "broken.docx": word([ONE])[:900], "other.xml": f"<?xml version='1.0'?><a><b>{ONE}</b></a>".encode(),
    }  # fmt: skip
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    articles, problems = read(tmp_path, "good.txt", ONE)
    told = problems.set_index("source_file")["why"]
    assert len(articles) == 1 and set(told.index) == set(files)
    assert "OCR" in told["scan.pdf"] and "no text" in told["empty.docx"] and "no text" in told["empty.rtf"] and "XML" in told["other.xml"]


def test_a_quotation_mark_that_is_never_closed_costs_no_record(tmp_path):
    rows = f'titre;texte;média\nUn;"{ONE};Le Fil\nDeux;{TWO};La Source\nTrois;{THREE};Le Fil\n'
    articles, problems = read(tmp_path, "a.csv", rows)
    assert articles["title"].tolist() == ["Un", "Deux", "Trois"] and articles["outlet"].tolist() == ["Le Fil", "La Source", "Le Fil"]
    assert problems["why"].tolist() == ["line 2: a quotation mark is never closed; its record is taken to end with line 2"]
    (tmp_path / "a.csv").write_text(f'titre,texte,média\nUn,"{ONE}\n\nSuite, avec, des, virgules.",Le Fil\n', encoding="utf-8")
    articles, problems = read(tmp_path, "a.csv", (tmp_path / "a.csv").read_bytes())
    assert problems.empty and "Suite, avec, des, virgules." in articles["text"][0]


def test_a_nexis_body_keeps_what_only_looks_like_a_field(tmp_path):
    body = [ONE, "", "Note : chiffres provisoires.", "", TWO, "", "Section: la nouvelle gauche", "", "Texte", "", "Le 14 juillet", "14 juillet 2019", "Longueur: 3 mots", "", THREE]
    head = ["Titre", "Le Fil", "October 16, 2023", "", "Copyright 2023 X", "Section: Local", "Length: 641 words", "Byline: A. Nom", "Body", ""]
    articles, problems = read(tmp_path, "n.docx", word(head + body + ["", "Load-Date: October 17, 2023", "", "Classification", "", "End of Document"]))
    assert problems.empty and len(articles) == 1 and articles["section"][0] == "Local"
    assert articles["text"][0].split("\n\n")[1:] == [line for line in body if line]


def test_a_nexis_article_without_its_length_is_an_article(tmp_path):
    articles, problems = read(tmp_path, "n.docx", word([line for line in nexis() if not line.startswith("Length")]))
    assert problems.empty and articles["title"].tolist() == ["La rivière de Valmont", "Les eaux répondent", "Le préfet se tait"]


def test_headings_below_a_title_are_no_articles_and_short_parts_stay(tmp_path):
    import docx

    def headed(*parts):
        document, made = docx.Document(), io.BytesIO()
        for text, level in parts:
            document.add_heading(text, level) if level else document.add_paragraph(text)
        document.save(made)
        return made.getvalue()

    (tmp_path / "parts.docx").write_bytes(headed(("Un", 1), (ONE * 3, None), ("Deux", 1), ("Le maire ne dit rien, et la rivière coule.", None)))
    articles, problems = read(tmp_path, "one.docx", headed(("Titre", 1), ("Par A. Nom", None), ("Premier intertitre", 2), (TWO, None), ("Second", 2), (THREE, None)))
    assert problems.empty and articles["title"].tolist() == ["Titre", "Un", "Deux"]
    assert articles["text"][0] == f"Titre\n\nPar A. Nom\n\nPremier intertitre\n\n{TWO}\n\nSecond\n\n{THREE}"


def test_notes_ligatures_and_mixed_markup_lose_no_words(tmp_path):
    note = "<text:note><text:note-body><text:p>NOTE</text:p></text:note-body></text:note>"
    (tmp_path / "a.odt").write_bytes(opendocument([ONE + note, TWO, THREE]))
    (tmp_path / "b.docx").write_bytes(word(["Titre", ONE.replace("rivière", "ri\u00advière ﬁnancée")]))
    (tmp_path / "c.xml").write_text(
        f'<tei:TEI xmlns:tei="http://www.tei-c.org/ns/1.0"><tei:text><tei:body><tei:p>{TWO} <tei:said who="#Marie">Oui.</tei:said> Voilà '
        "<tei:choice><tei:sic>erreeur</tei:sic><tei:corr>une erreur</tei:corr></tei:choice>.</tei:p></tei:body></tei:text></tei:TEI>",
        encoding="utf-8",
    )
    mac = rich(["Titre", THREE.replace("«", "").replace("»", "").replace("’", "'")]).replace("\\ansi\\ansicpg1252", "\\mac\\ansicpg10000")
    articles, problems = read(tmp_path, "d.rtf", mac.replace("\\'e9", "\\'8e").replace("\\'a0", " "))
    assert problems.empty and articles["text"][0] == f"{ONE}\n\n{TWO}\n\n{THREE}"
    assert "la rivière financée," in articles["text"][1]
    assert articles["text"][2] == f"{TWO}\n\nMarie : Oui.\n\nVoilà une erreur."
    assert "préfet" in articles["text"][3]


def test_quoted_cells_of_several_lines_and_excels_own_separator(tmp_path):
    (tmp_path / "a.csv").write_text(f'titre,texte\nA,"{ONE}\nHier, il pleuvait.\n{TWO}"\n', encoding="utf-8")
    articles, problems = read(tmp_path, "b.csv", f'sep=;\ntitre;texte;média\nUn;"{ONE}";Le Fil\nDeux;"{TWO} dit ""oui"" ;";Le Fil\n')
    assert problems.empty and articles["title"].tolist() == ["A", "Un", "Deux"]
    assert "Hier, il pleuvait." in articles["text"][0] and articles["text"][2].endswith('dit "oui" ;')


def test_a_line_of_capitals_in_factivas_text_is_no_code(tmp_path):
    text = f"SE Local\nHD Eaux\nWC 10 mots\nPD 16 octobre 2023\nSN Le Fil\nLP\n{ONE}\nTD\n{TWO}\nLA FRANCE EN CRISE\n{THREE}\nAN Document A1\n"
    articles, problems = read(tmp_path, "f.txt", text)
    assert problems.empty and articles["text"][0].endswith(f"LA FRANCE EN CRISE\n{THREE}")


# --- what else lies in a drawer


def rtf(*paragraphs, sheet=""):
    codes = "".join(c if ord(c) < 128 else f"\\'{c.encode('cp1252', 'replace')[0]:02x}" for c in "\\par ".join(paragraphs))
    return "{\\rtf1\\ansi\\ansicpg1252" + sheet + " " + codes + "\\par}"


FACTIVA = ["Économie", "La rivière de Valmont", "Jeanne Nom", "1 017 mots", "16 octobre 2023", "10:15", "Le Figaro", "LEFIG", "9", "Français",
           "Copyright 2023. Le Figaro.", "", ONE, "", TWO, "", "Document LEFIG00020231016ejag0001"]  # fmt: skip


def test_factiva_in_rtf_without_codes_and_in_word_with_them(tmp_path):
    import docx

    (tmp_path / "a.rtf").write_text(rtf(*FACTIVA, "", "Les élus disent non", "321 mots", "17 octobre 2023", "Ouest-France", "OUESTF", "Français", "", THREE, "", "Document OUESTF0020231017ejah0002"), encoding="ascii")  # fmt: skip
    document = docx.Document()
    table = document.add_table(0, 2)
    for code, value in {"SE": "Économie", "HD": "Les eaux", "WC": "20 mots", "PD": "16 octobre 2023", "SN": "Le Figaro", "TD": ONE, "AN": "Document LEFIG00020231016ejag0004"}.items():  # fmt: skip
        cells = table.add_row().cells
        cells[0].text, cells[1].text = code, value
    document.save(tmp_path / "b.docx")
    articles, problems = analysis.inspect_corpus(tmp_path)
    one, two, three = articles.to_dict("records")
    assert (one["title"], one["section"], one["author"], one["outlet"], one["page"], one["length"]) == ("La rivière de Valmont", "Économie", "Jeanne Nom", "Le Figaro", "9", 1017)
    assert one["text"].endswith(f"{ONE}\n{TWO}") and str(one["date"].date()) == "2023-10-16" and one["doc_id"].startswith("LEFIG")
    assert (two["title"], two["outlet"], two["length"]) == ("Les élus disent non", "Ouest-France", 321) and two["text"].endswith(THREE)
    assert (three["title"], three["text"]) == ("Les eaux", f"Les eaux\n\n{ONE}") and problems.empty


def test_the_oldest_europresse_forms(tmp_path):
    def form(number, title, body):
        return f"""<table id="tbHeaderImages"><tr><td><img src="x.gif"></td></tr></table><table>
<tr><td class="celPublication"><b>Le Figaro</b>, no. 24012<br>Économie, lundi 16 octobre 2006, p. 9</td></tr>
<tr><td><span class="titreArticle">{title}</span></td></tr><tr><td>Jeanne Nom</td></tr><tr><td><p>{body}</p></td></tr>
<tr><td>© 2006 Le Figaro. Tous droits réservés.</td></tr><tr><td>Numéro de document : news·20061016·LF·{number}</td></tr></table>"""

    foot = "<table><tr><td>Certificat émis à Université-de-Nulle-Part, lecteur@example.org</td></tr></table>"
    articles, problems = read(tmp_path, "a.htm", f"<html><body><form>{form(1, 'La rivière', ONE)}{form(2, 'Les eaux', TWO)}{foot}</form></body></html>")
    one = articles.iloc[0]
    assert (one["outlet"], one["edition"], one["section"], one["page"], one["author"]) == ("Le Figaro", "24012", "Économie", "9", "Jeanne Nom")
    assert one["text"] == f"La rivière\n\n{ONE}" and articles["title"].tolist() == ["La rivière", "Les eaux"]
    assert str(one["date"].date()) == "2006-10-16" and "Nulle-Part" not in articles.to_csv() + problems.to_csv()


def test_headings_of_rtf_part_it(tmp_path):
    sheet = "{\\stylesheet{\\s0 Normal;}{\\s5 Titre 1;}}"
    content = rtf("\\pard\\s5 La rivière", "\\pard\\s0 " + " ".join([ONE] * 6), "\\pard\\outlinelevel0 Les eaux", "\\pard " + " ".join([TWO] * 6), sheet=sheet)
    articles, _ = read(tmp_path, "a.rtf", content)
    assert articles["title"].tolist() == ["La rivière", "Les eaux"] and articles["text"][1].endswith(TWO)


def test_every_part_of_a_word_file_is_read_once(tmp_path):
    import docx
    from docx.oxml import parse_xml

    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    document = docx.Document()
    document.add_paragraph(ONE)
    body = document.element.body
    body.insert(1, parse_xml(f"<w:sdt {space}><w:sdtContent><w:p><w:r><w:t>{TWO}</w:t></w:r></w:p></w:sdtContent></w:sdt>"))
    box = f"""<w:p {space} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><w:r><w:t>Avant l'encadré. </w:t></w:r><w:r><mc:AlternateContent>
<mc:Choice><w:txbxContent><w:p><w:r><w:t>Dans l'encadré.</w:t></w:r></w:p></w:txbxContent></mc:Choice><mc:Fallback><w:txbxContent><w:p><w:r><w:t>Dans
l'encadré.</w:t></w:r></w:p></w:txbxContent></mc:Fallback></mc:AlternateContent></w:r><w:del><w:r><w:delText>Supprimé.</w:delText></w:r></w:del>
<w:ins><w:r><w:t>Après.</w:t></w:r></w:ins></w:p>"""
    body.insert(2, parse_xml(box))
    document.add_table(1, 1).rows[0].cells[0].add_table(1, 1).rows[0].cells[0].text = THREE
    document.save(tmp_path / "a.docx")
    articles, _ = analysis.inspect_corpus(tmp_path)
    text = articles["text"][0]
    assert [text.count(t) for t in (ONE, TWO, THREE, "Dans l'encadré.", "Avant l'encadré. Après.", "Supprimé")] == [1, 1, 1, 1, 1, 0]


@pytest.mark.parametrize(
    ("rows", "titles", "lines"),
    [
        ([f'1,A,"{ONE}', f'2,B,"{TWO}"', f'3,C,"{THREE}"'], "ABC", [2]),
        ([f'1,A,"{ONE}', f'2,B,"{TWO}', f'3,C,"{THREE}"', f'4,D,"{ONE} Bis."'], "ABCD", [2, 3]),
        ([f'1,A,"{ONE}\n\nSuite, ici, là.', f'2,B,"{TWO}\n\nEt, sa, fin."', f'3,C,"{THREE}"'], "ABC", [2]),
        ([f'1,"A,"{ONE}"', f'2,B,"{TWO}"'], "AB", [2]),
        ([f'1,A,"Il dit \\"non\\", {ONE}"', f'2,B,"{TWO}"'], "AB", []),
        ([f'1,A,"{ONE}\n2,B,ligne\n"', f'2,B,"{TWO}"'], "AB", []),
    ],
)
def test_marks_left_open_anywhere_cost_no_record_and_their_lines_are_named(tmp_path, rows, titles, lines):
    articles, problems = read(tmp_path, "a.csv", "id,title,text\n" + "\n".join(rows) + "\n")
    assert articles["title"].tolist() == list(titles)
    assert [int(w.split(":")[0].removeprefix("line ")) for w in problems["why"]] == lines


def test_marks_of_the_text_itself_stay(tmp_path):
    articles, _ = read(tmp_path, "a.tsv", f'id\ttitle\ttext\n1\tA\t"Non", dit Paul Roy aux habitants de Valmont, hier.\n2\tB\t{TWO}\n')
    assert articles["text"][0].endswith('"Non", dit Paul Roy aux habitants de Valmont, hier.')


def test_a_part_of_a_larger_search_says_so(tmp_path):
    document = "3 of 10 DOCUMENTS\n\nLe Figaro\n\n16 octobre 2023 lundi\n\nLa rivière\n\nLONGUEUR: 20 mots\n\n" + ONE + "\n\nLOAD-DATE: 17 octobre 2023\n"
    articles, problems = read(tmp_path, "a.TXT", document)
    assert len(articles) == 1 and problems["what"].tolist() == ["note: articles"] and "documents 3 to 3 of 10" in problems["why"][0]


def test_a_date_and_a_label_inside_a_nexis_body_begin_no_article(tmp_path):
    lines = ["Documents (1)", "Les eaux", "Le Fil", "4 mars 2026 mercredi", "", "Longueur: 20 mots", "", "Corps", "", ONE, "", "Brest", "", "4 mars 2026", "", TWO, "", "Texte", "", THREE, "", "Fin du document"]  # fmt: skip
    articles, problems = read(tmp_path, "a.docx", word(lines))
    assert articles["title"].tolist() == ["Les eaux"] and problems.empty and all(t in articles["text"][0] for t in (ONE, TWO, THREE))
