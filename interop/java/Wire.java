import com.fasterxml.jackson.databind.JsonNode;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.common.protocol.ByteBufferAccessor;
import org.apache.kafka.common.protocol.MessageUtil;
import org.apache.kafka.common.requests.RequestHeader;
import org.apache.kafka.common.requests.ResponseHeader;

/** One connection on which any request goes out at any version, without a client in between. */
final class Wire implements AutoCloseable {
    private static final int PATIENCE_MS = 20_000;

    private final String host;
    private final int port;
    private Socket socket;
    private int correlation;

    Wire(String bootstrap) {
        int colon = bootstrap.lastIndexOf(':');
        host = bootstrap.substring(0, colon);
        port = Integer.parseInt(bootstrap.substring(colon + 1));
    }

    /** The answer, or null when the broker closes the connection instead. */
    ApiMessage send(ApiKeys api, int version, ApiMessage body) throws IOException {
        if (socket == null) {
            socket = new Socket(host, port);
            socket.setSoTimeout(PATIENCE_MS);
        }
        RequestHeader header = new RequestHeader(api, (short) version, "interop", correlation++);
        byte[] head = bytes(header.data(), header.headerVersion());
        byte[] rest = bytes(body, (short) version);
        DataOutputStream out = new DataOutputStream(socket.getOutputStream());
        byte[] frame = ByteBuffer.allocate(4 + head.length + rest.length)
            .putInt(head.length + rest.length).put(head).put(rest).array();
        try {
            out.write(frame);
            DataInputStream in = new DataInputStream(socket.getInputStream());
            byte[] answer = new byte[in.readInt()];
            in.readFully(answer);
            return parse(api, (short) version, ByteBuffer.wrap(answer));
        } catch (EOFException | SocketException closed) {
            close();
            return null;
        }
    }

    /** A message as Apache Kafka's own tools show it. */
    static JsonNode json(ApiMessage message, int version) throws ReflectiveOperationException {
        Class<?> converter = Class.forName(message.getClass().getName() + "JsonConverter");
        return (JsonNode) converter.getMethod("write", message.getClass(), short.class)
            .invoke(null, message, (short) version);
    }

    private static ApiMessage parse(ApiKeys api, short version, ByteBuffer answer) {
        ResponseHeader.parse(answer, api.responseHeaderVersion(version));
        ApiMessage message = api.messageType.newResponse();
        message.read(new ByteBufferAccessor(answer), version);
        if (answer.hasRemaining()) {
            throw new IllegalStateException(api + " v" + version + ": " + answer.remaining() + " bytes too many");
        }
        return message;
    }

    private static byte[] bytes(org.apache.kafka.common.protocol.Message message, short version) {
        ByteBuffer buffer = MessageUtil.toByteBufferAccessor(message, version).buffer();
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }

    @Override
    public void close() throws IOException {
        if (socket != null) {
            socket.close();
            socket = null;
        }
    }
}
