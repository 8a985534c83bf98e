package io.slabcache.tests.architecture;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathExpressionException;
import javax.xml.xpath.XPathFactory;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

/** A project of Maven, as its file says, with what it inherits from its parent. */
final class Pom {
    /** What the public repository asks for. */
    private static final List<String> REQUIRED = List.of(
            "name",
            "description",
            "url",
            "licenses/license/name",
            "licenses/license/url",
            "developers/developer/name",
            "developers/developer/url",
            "scm/connection",
            "scm/developerConnection",
            "scm/url");

    /** A project that takes these from its parent would be shown under another one's name. */
    private static final List<String> OWN = List.of("name", "description");

    private final Document document;
    private final Pom parent;

    Pom(String text, Pom parent) {
        try {
            document = DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
        } catch (Exception e) {
            throw new IllegalArgumentException("no POM", e);
        }
        this.parent = parent;
    }

    /** Returns the texts of the elements at a path below {@code project}. */
    List<String> all(String path) {
        try {
            NodeList nodes = (NodeList) XPathFactory.newInstance()
                    .newXPath()
                    .evaluate("/project/" + path, document, XPathConstants.NODESET);
            List<String> texts = new ArrayList<>();
            for (int i = 0; i < nodes.getLength(); i++) {
                texts.add(nodes.item(i).getTextContent().strip());
            }
            return texts;
        } catch (XPathExpressionException e) {
            throw new IllegalArgumentException(path, e);
        }
    }

    /** Returns the project's version, or its parent's. */
    String version() {
        return Stream.concat(all("version").stream(), all("parent/version").stream())
                .findFirst()
                .orElse("");
    }

    boolean hasParent() {
        return !all("parent").isEmpty();
    }

    /** Returns the elements without which the public repository refuses the project. */
    List<String> missing() {
        return REQUIRED.stream().filter(path -> !has(path)).toList();
    }

    private boolean has(String path) {
        return all(path).stream().anyMatch(text -> !text.isEmpty())
                || parent != null && !OWN.contains(path) && parent.has(path);
    }
}
